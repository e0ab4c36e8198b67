package dev.medzoo.translate.decode;

import javax.imageio.IIOException;

/** Thrown when decoding is cancelled because its caller no longer waits. */
final class DecodingCancelledException extends IIOException {
    private static final long serialVersionUID = 1L;

    DecodingCancelledException() {
        super("decoding cancelled");
    }
}
