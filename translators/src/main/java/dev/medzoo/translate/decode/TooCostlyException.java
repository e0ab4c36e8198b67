package dev.medzoo.translate.decode;

import javax.imageio.IIOException;

/** A picture would cost more than it may. */
final class TooCostlyException extends IIOException {
    private static final long serialVersionUID = 1L;

    TooCostlyException(String message) {
        super(message);
    }
}
