package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.RefusedException;
import java.util.concurrent.CompletableFuture;

/**
 * Handles the requests of a route. Requests without a body are handled on an event loop, so the
 * handler must not block; requests with a body are handled on a worker thread.
 */
@FunctionalInterface
public interface Handler {
    /**
     * Answers one.
     *
     * @return completed on any thread, or failed with a {@link RefusedException}
     */
    CompletableFuture<Reply> answer(Request request) throws RefusedException;

    /** A handler with an immediate answer. */
    static Handler of(Immediate immediate) {
        return request -> CompletableFuture.completedFuture(immediate.answer(request));
    }

    /** Wraps an immediate handler. */
    @FunctionalInterface
    interface Immediate {
        Reply answer(Request request) throws RefusedException;
    }
}
