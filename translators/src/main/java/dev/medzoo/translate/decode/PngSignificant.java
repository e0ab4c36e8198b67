package dev.medzoo.translate.decode;

import org.jspecify.annotations.Nullable;

/**
 * Converts pixels of a PNG whose samples have fewer significant bits (sBIT). The specification
 * (third edition, section 11.3.2.4) scales them to the full depth. Many programs leave them in the
 * low bits instead, where a picture would be nearly black. Samples are taken as low bits if all of
 * them fit and {@link PngSpread#isLow} agrees, which is known only after the last pixel. Alpha is
 * decided separately.
 */
final class PngSignificant {
    private static final byte OPAQUE = (byte) 255;
    private static final int COLOUR = 0;
    private static final int ALPHA = 1;

    private final int depth;
    private final int samples;
    private final int colours;
    private final int[] clear;

    /** One for each sample of a pixel. */
    private final PngSpread[] spreads;

    /** For colours and for alpha, whether a sample did not fit the low bits. */
    private final boolean[] isHigh = new boolean[2];

    /** For colours and for alpha, whether a sample was certainly not scaled. */
    private final boolean[] isLow = new boolean[2];

    /** Opacity of each pixel; empty if all are opaque. */
    private final byte[] alpha;

    private PngSignificant(PngHeader header, int[] clear, byte[] bits) {
        depth = header.depth();
        samples = header.samples();
        colours = samples <= 2 ? 1 : 3;
        this.clear = clear;
        spreads = new PngSpread[samples];
        for (int i = 0; i < samples; i++) {
            spreads[i] =
                    i > 0 && bits[i] == bits[i - 1]
                            ? spreads[i - 1]
                            : new PngSpread(bits[i], depth);
        }
        boolean isOpaque = samples == colours && clear[0] < 0;
        alpha = new byte[isOpaque ? 0 : header.width() * header.height()];
    }

    /**
     * Returns null if all bits are significant, if samples have less than a byte, or for a palette.
     *
     * @param clear the transparent colour, or -1
     * @param bits the body of sBIT; empty where there is none
     */
    static @Nullable PngSignificant of(PngHeader header, int[] clear, byte[] bits) {
        if (header.depth() < 8
                || header.colour() == PngHeader.PALETTE
                || bits.length != header.samples()) {
            return null;
        }
        boolean isLess = false;
        for (byte each : bits) {
            if (each < 1 || each > header.depth()) {
                return null;
            }
            isLess |= each < header.depth();
        }
        return isLess ? new PngSignificant(header, clear, bits) : null;
    }

    /** Writes as {@link PngColours#write}; transparency is applied only in {@link #finish}. */
    void write(byte[] row, int from, int pixels, byte[] rgb, int to, int step) {
        if (alpha.length > 0 && samples == colours) {
            findClear(row, from, pixels, to / 3, step / 3);
        }
        for (int i = 0; i < samples; i++) {
            int kind = i < colours ? COLOUR : ALPHA;
            if (!isHigh[kind] && !canBeLow(row, from, pixels, i, to / 3, step / 3)) {
                raise(kind, rgb);
            }
        }
        for (int i = 0; i < colours; i++) {
            writeSamples(row, from, pixels, i, rgb, to + i, step);
        }
        if (samples > colours) {
            writeSamples(row, from, pixels, colours, alpha, to / 3, step / 3);
        }
    }

    private void findClear(byte[] row, int from, int pixels, int to, int step) {
        for (int x = 0; x < pixels; x++) {
            boolean isClear = true;
            for (int i = 0; i < samples; i++) {
                isClear &= sample(row, from, x, i) == clear[i];
            }
            alpha[to + x * step] = isClear ? 0 : OPAQUE;
        }
    }

    private int sample(byte[] row, int from, int x, int index) {
        int at = from + (x * samples + index) * depth / 8;
        return depth == 8 ? row[at] & 0xff : (row[at] & 0xff) << 8 | (row[at + 1] & 0xff);
    }

    /** Whether a pixel differs from the transparent colour. */
    private boolean counts(int pixel) {
        return alpha.length == 0 || samples > colours || alpha[pixel] != 0;
    }

    private boolean canBeLow(byte[] row, int from, int pixels, int index, int to, int step) {
        int lows = spreads[index].lows();
        for (int x = 0; x < pixels; x++) {
            if (sample(row, from, x, index) >= lows && counts(to + x * step)) {
                return false;
            }
        }
        return true;
    }

    private void writeSamples(
            byte[] row, int from, int pixels, int index, byte[] out, int to, int step) {
        int kind = index < colours ? COLOUR : ALPHA;
        PngSpread spread = spreads[index];
        int met = 0;
        for (int x = 0, at = to; x < pixels; x++, at += step) {
            int sample = sample(row, from, x, index);
            if (isHigh[kind]) {
                out[at] = (byte) (sample >> (depth - 8));
            } else if (sample < spread.lows()) {
                int low = spread.low(sample);
                met |= counts(out == alpha ? at : at / 3) ? low : 0;
                out[at] = (byte) low;
            }
        }
        isLow[kind] |= spread.isLow(met);
    }

    /** Reinterprets the pixels written so far as scaled samples. */
    private void raise(int kind, byte[] rgb) {
        isHigh[kind] = true;
        if (kind == ALPHA) {
            raise(alpha, 0, 1, spreads[colours]);
        }
        for (int i = 0; kind == COLOUR && i < colours; i++) {
            raise(rgb, i, 3, spreads[i]);
        }
    }

    private static void raise(byte[] samples, int from, int step, PngSpread spread) {
        for (int i = from; i < samples.length; i += step) {
            samples[i] = spread.high(samples[i]);
        }
    }

    /** Finishes the picture after the last row. */
    void finish(byte[] rgb) {
        for (int kind = COLOUR; kind <= (samples > colours ? ALPHA : COLOUR); kind++) {
            if (!isHigh[kind] && !isLow[kind]) {
                raise(kind, rgb);
            }
        }
        for (int i = 0; i < alpha.length; i++) {
            int opacity = alpha[i] & 0xff;
            for (int at = 3 * i; opacity < 255 && at < 3 * i + colours; at++) {
                rgb[at] = WhiteBackground.under(rgb[at] & 0xff, opacity);
            }
        }
        for (int i = 0; colours == 1 && i < rgb.length; i += 3) {
            rgb[i + 1] = rgb[i];
            rgb[i + 2] = rgb[i];
        }
    }
}
