package dev.medzoo.serving;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A family of paths that are answered alike. Called on an event loop, so it must not block. */
interface Endpoint {
    /** Whether a path is one of these, whatever the method. */
    boolean owns(List<String> path);

    /** The methods it answers. */
    Set<String> methods();

    /**
     * Answers a request of its paths and methods.
     *
     * @return completed by whichever thread has the answer; with a {@link RefusedException} when
     *     there is none
     */
    CompletableFuture<Reply> answer(Request request) throws RefusedException;
}
