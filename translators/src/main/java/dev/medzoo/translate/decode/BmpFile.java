package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;

/** A BMP file, of Windows or of OS/2. */
final class BmpFile extends StrippedFile {
    private final byte[] bytes;
    private final BmpHeader header;
    private final byte[] palette = new byte[3 * 256];

    private BmpFile(byte[] bytes, BmpHeader header) {
        super(Orientation.UPRIGHT);
        this.bytes = bytes;
        this.header = header;
    }

    static StrippedFile open(byte[] bytes, Budget budget) throws IOException {
        BmpHeader header = BmpHeader.of(bytes);
        budget.pixels(header.width(), header.height());
        budget.work(
                "BMP of %dx%d pixels".formatted(header.width(), header.height()),
                (double) header.width() * header.height());
        long needed = header.isRuns() ? 1 : header.rowBytes() * header.height();
        if (needed > bytes.length - header.pixels()) {
            throw new EOFException(
                    "%d bytes of pixels at %d of %d"
                            .formatted(needed, header.pixels(), bytes.length));
        }
        return new BmpFile(bytes, header);
    }

    @Override
    RgbPicture read(Budget budget) throws IOException {
        for (int i = 0; i < header.colours(); i++) {
            int from = header.palette() + i * header.colourBytes();
            palette[3 * i] = bytes[from + 2];
            palette[3 * i + 1] = bytes[from + 1];
            palette[3 * i + 2] = bytes[from];
        }
        byte[] rgb = new byte[3 * header.width() * header.height()];
        if (header.isRuns()) {
            new BmpRuns(bytes, header, palette, rgb).unpack(budget);
        } else {
            rows(rgb, budget);
        }
        return new RgbPicture(header.width(), header.height(), rgb);
    }

    private void rows(byte[] rgb, Budget budget) throws IOException {
        BmpMasks masks = header.bits() == 16 || header.bits() == 32 ? masks() : null;
        for (int i = 0; i < header.height(); i++) {
            if ((i & 63) == 0) {
                budget.checkWanted();
            }
            int from = (int) (header.pixels() + i * header.rowBytes());
            int to = 3 * header.width() * row(header, i);
            if (masks != null) {
                masks.write(bytes, from, header.width(), rgb, to);
            } else if (header.bits() == 24) {
                for (int end = to + 3 * header.width(); to < end; to += 3, from += 3) {
                    rgb[to] = bytes[from + 2];
                    rgb[to + 1] = bytes[from + 1];
                    rgb[to + 2] = bytes[from];
                }
            } else {
                indexed(from, rgb, to);
            }
        }
    }

    private BmpMasks masks() throws IOException {
        BmpMasks masks = BmpMasks.of(bytes, header);
        long pixelsEnd = header.pixels() + header.rowBytes() * header.height();
        return masks.isClear(bytes, header.pixels(), (int) pixelsEnd) ? masks.opaque() : masks;
    }

    /** Picture row of the i-th row in the file. */
    static int row(BmpHeader header, int i) {
        return header.isTopDown() ? i : header.height() - 1 - i;
    }

    private void indexed(int from, byte[] rgb, int to) {
        int bits = header.bits();
        int mask = (1 << bits) - 1;
        int out = to;
        for (int x = 0; x < header.width(); x++) {
            int bit = x * bits;
            int colour = 3 * (bytes[from + (bit >> 3)] >> (8 - bits - (bit & 7)) & mask);
            rgb[out++] = palette[colour];
            rgb[out++] = palette[colour + 1];
            rgb[out++] = palette[colour + 2];
        }
    }
}
