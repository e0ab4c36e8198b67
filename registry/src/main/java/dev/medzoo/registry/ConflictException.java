package dev.medzoo.registry;

import java.io.IOException;

/** An object of a bucket is not the one that a request was for. */
final class ConflictException extends IOException {
    private static final long serialVersionUID = 1L;

    ConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
