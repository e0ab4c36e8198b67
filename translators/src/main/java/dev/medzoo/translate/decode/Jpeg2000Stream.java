package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The bytes of a codestream for JJ2000. Beyond the last byte it would read ones for ever, and what
 * is checked it catches, prints and goes on from; so this stream ends it unchecked.
 */
final class Jpeg2000Stream extends BytesStream {
    private static final byte[] NONE = {};

    Jpeg2000Stream(byte[] bytes, Budget budget) {
        super(NONE, bytes, NONE, budget);
    }

    @Override
    public int read() {
        try {
            return whole(super.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        try {
            return whole(super.read(into, offset, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lengths of code blocks that lie lead behind the end, before memory is taken for them. */
    @Override
    public void seek(long position) throws IOException {
        if (position > length()) {
            throw new UncheckedIOException(
                    new EOFException("JPEG 2000 with a code block behind its end"));
        }
        super.seek(position);
    }

    private int whole(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("JPEG 2000 that ends inside a tile");
        }
        return read;
    }
}
