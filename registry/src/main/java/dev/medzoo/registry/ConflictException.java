package dev.medzoo.registry;

import java.io.IOException;

/** A conditional request failed: the object has changed. */
final class ConflictException extends IOException {
    private static final long serialVersionUID = 1L;

    ConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
