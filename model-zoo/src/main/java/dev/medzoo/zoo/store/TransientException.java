package dev.medzoo.zoo.store;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A temporary failure that a retry may resolve: a connection that broke, a server that is busy. */
final class TransientException extends IOException {
    private static final long serialVersionUID = 1;

    private final Duration wished;

    TransientException(String message, @Nullable Throwable cause) {
        super(message, cause);
        wished = Duration.ZERO;
    }

    /**
     * An answer that says when to come back.
     *
     * @param wished what the server wants its clients to wait, zero where it does not say
     */
    TransientException(String message, Duration wished) {
        super(message);
        this.wished = wished;
    }

    Duration wished() {
        return wished;
    }
}
