package dev.medzoo.translate.decode;

import javax.imageio.IIOException;

/** Nobody waits for a picture any more. */
final class DecodingCancelledException extends IIOException {
    private static final long serialVersionUID = 1L;

    DecodingCancelledException() {
        super("no longer wanted");
    }
}
