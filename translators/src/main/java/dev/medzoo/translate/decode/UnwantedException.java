package dev.medzoo.translate.decode;

import javax.imageio.IIOException;

/** Nobody waits for a picture any more. */
final class UnwantedException extends IIOException {
    private static final long serialVersionUID = 1L;

    UnwantedException() {
        super("no longer wanted");
    }
}
