package dev.medzoo.translate.decode;

import javax.imageio.IIOException;

/** Thrown when decoding a picture would exceed its budget. */
final class TooCostlyException extends IIOException {
    private static final long serialVersionUID = 1L;

    TooCostlyException(String message) {
        super(message);
    }
}
