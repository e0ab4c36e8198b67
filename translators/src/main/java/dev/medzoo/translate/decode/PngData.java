package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.IIOException;

/** Decompresses the rows of a PNG on demand from its IDAT chunks. */
final class PngData implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final byte[] bytes;
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int[] parts = new int[8];
    private int partsEnd;
    private int part;
    private int at;
    private int end;

    PngData(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Adds a part of the compressed bytes. */
    void add(int from, int length) {
        if (partsEnd == parts.length) {
            parts = Arrays.copyOf(parts, 2 * partsEnd);
        }
        parts[partsEnd++] = from;
        parts[partsEnd++] = length;
    }

    int read() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    /** Fills a row from {@code from} to {@code to}. */
    void read(byte[] row, int from, int to) throws IOException {
        int next = from;
        while (next < to) {
            if (at == end) {
                fill();
            }
            int length = Math.min(to - next, end - at);
            System.arraycopy(buffer, at, row, next, length);
            at += length;
            next += length;
        }
    }

    private void fill() throws IOException {
        at = 0;
        end = 0;
        try {
            while (end == 0) {
                end = inflater.inflate(buffer);
                if (end == 0 && inflater.needsInput() && part < partsEnd) {
                    inflater.setInput(bytes, parts[part], parts[part + 1]);
                    part += 2;
                } else if (end == 0) {
                    throw new EOFException("pixels end early");
                }
            }
        } catch (DataFormatException e) {
            throw new IIOException("packed pixels: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
