package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Feeds a codestream to JJ2000. JJ2000 would read ones for ever beyond the last byte, and it
 * catches checked exceptions, prints them and goes on; so this stream throws an unchecked one.
 */
final class Jpeg2000Stream extends BytesStream {
    private static final byte[] NONE = {};

    Jpeg2000Stream(byte[] bytes, Budget budget) {
        super(NONE, bytes, NONE, budget);
    }

    @Override
    public int read() {
        try {
            return notEnded(super.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            return notEnded(super.read(into, offset, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Forged code block lengths seek beyond the end; refused before memory is allocated for them.
     */
    @Override
    public void seek(long position) throws IOException {
        if (position > length()) {
            throw new UncheckedIOException(
                    new EOFException("JPEG 2000 with a code block beyond the end of its data"));
        }
        super.seek(position);
    }

    private int notEnded(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("JPEG 2000 that ends inside a tile");
        }
        return read;
    }
}
