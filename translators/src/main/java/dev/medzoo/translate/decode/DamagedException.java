package dev.medzoo.translate.decode;

import javax.imageio.IIOException;

/** Thrown when a reader warns that pixels are missing or wrong. */
final class DamagedException extends IIOException {
    private static final long serialVersionUID = 1L;

    DamagedException(String warning) {
        super(warning);
    }
}
