package dev.medzoo.serving.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Told of every request and what became of it. Called on event loops, so it must not block. */
public interface ExchangeListener {
    /** Tells nobody. */
    ExchangeListener UNWATCHED = new ExchangeListener() {};

    /**
     * An answer goes out.
     *
     * @param request null when what came was never a whole one
     * @param time from its first line to now
     */
    default void answered(
            RequestHead head, @Nullable Request request, Reply reply, Duration time) {}

    /** A client left before its answer. */
    default void abandoned(Request request) {}

    /** Tells two. */
    static ExchangeListener both(ExchangeListener one, ExchangeListener other) {
        return new ExchangeListener() {
            @Override
            public void answered(
                    RequestHead head, @Nullable Request request, Reply reply, Duration time) {
                one.answered(head, request, reply, time);
                other.answered(head, request, reply, time);
            }

            @Override
            public void abandoned(Request request) {
                one.abandoned(request);
                other.abandoned(request);
            }
        };
    }
}
