package dev.medzoo.zoo.store;

import java.io.IOException;

/** The store cannot go on from the byte that it was asked for, though it may from the first. */
final class RangeException extends IOException {
    private static final long serialVersionUID = 1;

    RangeException(String message) {
        super(message);
    }
}
