package dev.medzoo.serving.http;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.refusal.RefusedException;
import org.jspecify.annotations.Nullable;

/** Called before a request reaches its handler. */
public interface RequestFilter {
    /** Accepts every request. */
    RequestFilter OPEN = (request, role) -> {};

    /**
     * Checks a request before its route is known.
     *
     * @throws RefusedException when it names another host
     */
    default void enter(Request request) throws RefusedException {}

    /**
     * Authorises a request and sets its client.
     *
     * @param role that the route demands, or null when it is open to everybody
     * @throws RefusedException when it is not authorised
     */
    void pass(Request request, @Nullable Role role) throws RefusedException;
}
