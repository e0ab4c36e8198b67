package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** Decodes the run-length coding of a BMP, of 8 or 4 bits. Skipped pixels keep the first colour. */
final class BmpRuns {
    private final byte[] bytes;
    private final BmpHeader header;
    private final byte[] palette;
    private final byte[] rgb;
    private final boolean isNibbles;
    private int at;
    private int x;
    private int y;

    BmpRuns(byte[] bytes, BmpHeader header, byte[] palette, byte[] rgb) {
        this.bytes = bytes;
        this.header = header;
        this.palette = palette;
        this.rgb = rgb;
        isNibbles = header.compression() == BmpHeader.RUNS_4;
        at = header.pixels();
    }

    void unpack(Budget budget) throws IOException {
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = palette[i % 3];
        }
        for (int runs = 0; y < header.height(); runs++) {
            if ((runs & 1023) == 0) {
                budget.checkWanted();
            }
            int count = next();
            int value = next();
            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    put(isNibbles ? value >> ((~i & 1) * 4) & 15 : value);
                }
            } else if (value == 0) {
                x = 0;
                y++;
            } else if (value == 1) {
                return;
            } else if (value == 2) {
                x = Math.min(header.width(), x + next());
                y += next();
            } else {
                literal(value);
            }
        }
    }

    private void literal(int count) throws IOException {
        int bytesOfRun = isNibbles ? (count + 1) / 2 : count;
        byte[] run = Arrays.copyOfRange(bytes, at, at + bytesOfRun);
        if (at + bytesOfRun > bytes.length) {
            throw new EOFException("run of %d at %d of %d".formatted(bytesOfRun, at, bytes.length));
        }
        for (int i = 0; i < count; i++) {
            int value = isNibbles ? run[i / 2] >> ((~i & 1) * 4) & 15 : run[i] & 0xff;
            put(value);
        }
        at += bytesOfRun + (bytesOfRun & 1);
    }

    private void put(int index) {
        if (x >= header.width() || y >= header.height()) {
            return;
        }
        int to = 3 * (BmpFile.row(header, y) * header.width() + x++);
        rgb[to] = palette[3 * index];
        rgb[to + 1] = palette[3 * index + 1];
        rgb[to + 2] = palette[3 * index + 2];
    }

    private int next() throws EOFException {
        return Bytes.at(bytes, at++);
    }
}
