package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.RefusedException;

/** Asked before a request reaches its handler. */
public interface Gate {
    /** Lets everybody in. */
    Gate OPEN = (request, access) -> {};

    /**
     * Lets a request of any path in, known or not.
     *
     * @throws RefusedException when it was sent to another server
     */
    default void enter(Request request) throws RefusedException {}

    /**
     * Lets a request in, and says to it who asks.
     *
     * @throws RefusedException when it may not go on
     */
    void pass(Request request, Access access) throws RefusedException;
}
