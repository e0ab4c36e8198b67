package dev.medzoo.translate.decode;

import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/**
 * Converts PNG samples to 8-bit RGB over white. Grey below 8 bits is scaled to 0 to 255, and 16
 * bits keep the high byte. {@link PngSignificant} handles samples with fewer significant bits
 * (sBIT).
 */
final class PngColours {
    private static final int OPAQUE = 255;

    private final PngHeader header;

    /** Three bytes per sample value, for grey up to 8 bits and for palettes. */
    private final byte[] table;

    /** The transparent colour of grey or RGB, at the file's bit depth; -1 if there is none. */
    private final int[] clear;

    /** Handles samples with fewer significant bits; null if all bits are significant. */
    private final @Nullable PngSignificant significant;

    private PngColours(
            PngHeader header, byte[] table, int[] clear, @Nullable PngSignificant significant) {
        this.header = header;
        this.table = table;
        this.clear = clear;
        this.significant = significant;
    }

    /**
     * @param palette the body of PLTE; empty where there is none
     * @param transparency the body of tRNS; empty where there is none
     * @param significant the body of sBIT; empty where there is none
     */
    static PngColours of(PngHeader header, byte[] palette, byte[] transparency, byte[] significant)
            throws IIOException {
        boolean grey = header.colour() == PngHeader.GREY;
        int[] clear = {-1, -1, -1};
        if ((grey && transparency.length >= 2)
                || (header.colour() == PngHeader.RGB && transparency.length >= 6)) {
            for (int i = 0; i < header.samples(); i++) {
                clear[i] = (transparency[2 * i] & 0xff) << 8 | (transparency[2 * i + 1] & 0xff);
            }
        }
        byte[] table = new byte[0];
        if (header.colour() == PngHeader.PALETTE) {
            if (palette.length == 0) {
                throw new IIOException("no PLTE");
            }
            table = paletteTable(palette, transparency);
        } else if (grey && header.depth() <= 8) {
            table = greyTable(header.depth(), clear[0]);
        }
        return new PngColours(header, table, clear, PngSignificant.of(header, clear, significant));
    }

    private static byte[] paletteTable(byte[] palette, byte[] transparency) {
        byte[] table = new byte[3 * 256];
        for (int i = 0; i < 256; i++) {
            int alpha = i < transparency.length ? transparency[i] & 0xff : OPAQUE;
            for (int k = 0; k < 3; k++) {
                // An index without a colour is black, as in libpng.
                int colour = 3 * i + k < palette.length ? palette[3 * i + k] & 0xff : 0;
                table[3 * i + k] = WhiteBackground.under(colour, alpha);
            }
        }
        return table;
    }

    private static byte[] greyTable(int depth, int clear) {
        int last = (1 << depth) - 1;
        byte[] table = new byte[3 * 256];
        for (int i = 0; i <= last; i++) {
            byte grey = (byte) (i == clear ? OPAQUE : i * OPAQUE / last);
            table[3 * i] = grey;
            table[3 * i + 1] = grey;
            table[3 * i + 2] = grey;
        }
        return table;
    }

    /**
     * Writes the pixels of one unfiltered row.
     *
     * @param row its bytes from {@code from} on
     * @param to where the first pixel goes
     * @param step bytes from one pixel to the next
     */
    void write(byte[] row, int from, int pixels, byte[] rgb, int to, int step) {
        if (significant != null) {
            significant.write(row, from, pixels, rgb, to, step);
        } else if (table.length > 0) {
            writeIndexed(row, from, pixels, rgb, to, step);
        } else if (header.depth() == 8 && header.colour() == PngHeader.RGB && clear[0] < 0) {
            writeRgb(row, from, pixels, rgb, to, step);
        } else {
            writeSamples(row, from, pixels, rgb, to, step);
        }
    }

    /** Whether the position of the significant bits must be detected. */
    boolean hasFewerBits() {
        return significant != null;
    }

    /** Finishes the picture after the last row. */
    void finish(byte[] rgb) {
        if (significant != null) {
            significant.finish(rgb);
        }
    }

    private void writeIndexed(byte[] row, int from, int pixels, byte[] rgb, int to, int step) {
        int depth = header.depth();
        int mask = (1 << depth) - 1;
        int out = to;
        for (int x = 0; x < pixels; x++) {
            int bit = x * depth;
            int shift = 8 - depth - (bit & 7);
            int colour = 3 * ((row[from + (bit >> 3)] >> shift) & mask);
            rgb[out] = table[colour];
            rgb[out + 1] = table[colour + 1];
            rgb[out + 2] = table[colour + 2];
            out += step;
        }
    }

    private static void writeRgb(byte[] row, int from, int pixels, byte[] rgb, int to, int step) {
        if (step == 3) {
            System.arraycopy(row, from, rgb, to, 3 * pixels);
            return;
        }
        int in = from;
        int out = to;
        for (int x = 0; x < pixels; x++) {
            rgb[out] = row[in];
            rgb[out + 1] = row[in + 1];
            rgb[out + 2] = row[in + 2];
            in += 3;
            out += step;
        }
    }

    /** Grey of 16 bits, RGB, and both with alpha. */
    private void writeSamples(byte[] row, int from, int pixels, byte[] rgb, int to, int step) {
        int sampleBytes = header.depth() / 8;
        int samples = header.samples();
        int colours = samples <= 2 ? 1 : 3;
        int pixelBytes = samples * sampleBytes;
        // Of grey, green and blue are the same sample.
        int green = colours == 1 ? 0 : sampleBytes;
        boolean hasAlpha = samples > colours;
        int in = from;
        int out = to;
        for (int x = 0; x < pixels; x++) {
            int alpha = OPAQUE;
            if (hasAlpha) {
                alpha = row[in + colours * sampleBytes] & 0xff;
            } else if (clear[0] >= 0 && isClear(row, in, sampleBytes, samples)) {
                alpha = 0;
            }
            if (alpha == OPAQUE) {
                rgb[out] = row[in];
                rgb[out + 1] = row[in + green];
                rgb[out + 2] = row[in + 2 * green];
            } else if (colours == 1) {
                byte grey = WhiteBackground.under(row[in] & 0xff, alpha);
                rgb[out] = grey;
                rgb[out + 1] = grey;
                rgb[out + 2] = grey;
            } else {
                rgb[out] = WhiteBackground.under(row[in] & 0xff, alpha);
                rgb[out + 1] = WhiteBackground.under(row[in + green] & 0xff, alpha);
                rgb[out + 2] = WhiteBackground.under(row[in + 2 * green] & 0xff, alpha);
            }
            in += pixelBytes;
            out += step;
        }
    }

    private boolean isClear(byte[] row, int in, int sampleBytes, int samples) {
        for (int i = 0; i < samples; i++) {
            int at = in + i * sampleBytes;
            int sample = row[at] & 0xff;
            if (sampleBytes == 2) {
                sample = sample << 8 | (row[at + 1] & 0xff);
            }
            if (sample != clear[i]) {
                return false;
            }
        }
        return true;
    }
}
