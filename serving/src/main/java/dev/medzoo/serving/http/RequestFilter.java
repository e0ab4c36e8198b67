package dev.medzoo.serving.http;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/** Asked before a request reaches its handler. */
public interface RequestFilter {
    /** Lets everybody in. */
    RequestFilter OPEN = (request, role) -> {};

    /**
     * Lets a request of any path in, known or not.
     *
     * @throws RefusedException when it was sent to another server
     */
    default void enter(Request request) throws RefusedException {}

    /**
     * Lets a request in, and sets its caller.
     *
     * @param role that the route demands, or null when it is open to everybody
     * @throws RefusedException when it may not go on
     */
    void pass(Request request, @Nullable Role role) throws RefusedException;
}
