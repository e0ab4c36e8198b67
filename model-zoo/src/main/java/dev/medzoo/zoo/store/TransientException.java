package dev.medzoo.zoo.store;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A temporary failure that a retry may resolve: a connection that broke, a server that is busy. */
final class TransientException extends IOException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    TransientException(String message, @Nullable Throwable cause) {
        super(message, cause);
        retryAfter = Duration.ZERO;
    }

    /**
     * An answer that says when to come back.
     *
     * @param retryAfter what the server wants its clients to wait, zero where it does not say
     */
    TransientException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
