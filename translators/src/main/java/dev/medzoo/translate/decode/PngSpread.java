package dev.medzoo.translate.decode;

/**
 * Conversion tables for samples with fewer significant bits: the 8-bit value of a sample that lies
 * in the low bits, and whether it lies there for certain.
 */
final class PngSpread {
    private static final int MOST = 255;
    private static final int HALF = 128;

    /** Flag beside the 8 bits of a sample: scaling cannot produce this value. */
    private static final int NOT_SPREAD = 1 << Byte.SIZE;

    /** Number of insignificant bits from which a picture with low-bit samples looks black. */
    private static final int BLACK = 4;

    private final boolean isBlack;

    /** Per low-bit sample, its 8 bits, and {@link #NOT_SPREAD} if it applies. */
    private final short[] low;

    /** Per 8-bit value from {@link #low}, the value if the sample was scaled. */
    private final byte[] high = new byte[1 << Byte.SIZE];

    /**
     * @param bits that are significant, 1 to {@code depth}
     * @param depth bits of a sample, 8 or 16
     */
    PngSpread(int bits, int depth) {
        isBlack = depth - bits >= BLACK;
        int last = (1 << bits) - 1;
        low = new short[last + 1];
        for (int sample = 0; sample <= last; sample++) {
            int eight = bits > 8 ? sample >> (bits - 8) : sample * MOST / last;
            low[sample] = (short) (eight | NOT_SPREAD);
            high[eight] = (byte) (sample >> (depth - 8));
        }
        for (int sample = 0; sample <= last; sample++) {
            mark(sample << (depth - bits));
            mark(repeated(sample, bits, depth));
            mark((int) Math.round((double) sample * ((1 << depth) - 1) / last));
        }
    }

    private void mark(int spread) {
        if (spread < low.length) {
            low[spread] &= NOT_SPREAD - 1;
        }
    }

    /** Repeats the bits of a sample to the full depth, from the highest on. */
    private static int repeated(int sample, int bits, int depth) {
        int repeated = 0;
        for (int shift = depth - bits; shift > -bits; shift -= bits) {
            repeated |= shift >= 0 ? sample << shift : sample >> -shift;
        }
        return repeated;
    }

    /**
     * Decides whether samples lie in the low bits: if one cannot have been scaled, or if they fill
     * the low bits, so that they are bright as low bits and black as scaled ones.
     *
     * @param met bitwise OR of {@link #low} over all samples
     */
    boolean isLow(int met) {
        return (met & NOT_SPREAD) != 0 || (isBlack && (met & HALF) != 0);
    }

    /** Number of values that the low bits can hold. */
    int lows() {
        return low.length;
    }

    /** The 8 bits of a sample, and {@link #NOT_SPREAD} if it applies. */
    int low(int sample) {
        return low[sample];
    }

    /** Converts a value from {@link #low} to that of a scaled sample. */
    byte high(byte eight) {
        return high[eight & 0xff];
    }
}
