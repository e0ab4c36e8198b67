package dev.medzoo.serving.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Listens to every request and its outcome. Event loops call it, so it must not block. */
public interface ExchangeListener {
    /** Ignores all events. */
    ExchangeListener UNWATCHED = new ExchangeListener() {};

    /**
     * A response is sent.
     *
     * @param request null when the request was never complete
     * @param time from its first line to now
     */
    default void answered(
            RequestHead head, @Nullable Request request, Reply reply, Duration time) {}

    /** A client disconnected before its response. */
    default void abandoned(Request request) {}

    /** Fans out to two listeners. */
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
