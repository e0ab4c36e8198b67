package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;

/**
 * Answers the requests of a route. One without a body comes on an event loop, so it must not block;
 * one with a body comes on a thread that may read it.
 */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one.
     *
     * @return completed by whichever thread has the answer; with a {@link RefusedException} when
     *     there is none
     */
    CompletableFuture<Reply> answer(Request request) throws RefusedException;

    /** One that has its answer at once. */
    static Handler of(Immediate immediate) {
        return request -> CompletableFuture.completedFuture(immediate.answer(request));
    }

    /** A handler that waits for nothing. */
    @FunctionalInterface
    interface Immediate {
        Reply answer(Request request) throws RefusedException;
    }
}
