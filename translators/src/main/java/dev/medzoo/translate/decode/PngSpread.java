package dev.medzoo.translate.decode;

/**
 * Samples of which fewer bits hold anything than they have, as one kind of a PNG's samples says:
 * what 8 bits they become if they lie in the low bits, and which of them lie there for certain.
 */
final class PngSpread {
    private static final int MOST = 255;
    private static final int HALF = 128;

    /** Beside the 8 bits of a sample: nobody who spreads samples gets this one. */
    private static final int NOT_SPREAD = 1 << Byte.SIZE;

    /** Bits without anything, from which on a picture whose samples the low bits hold is black. */
    private static final int BLACK = 4;

    private final boolean isBlack;

    /** Of each sample that the low bits can hold, its 8 bits, and perhaps {@link #NOT_SPREAD}. */
    private final short[] low;

    /** Of 8 bits that {@link #low} gives, those of the same sample if it was spread. */
    private final byte[] high = new byte[1 << Byte.SIZE];

    /**
     * @param bits that hold something, 1 to {@code depth}
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

    /** The bits of a sample again and again, from the highest on. */
    private static int repeated(int sample, int bits, int depth) {
        int repeated = 0;
        for (int shift = depth - bits; shift > -bits; shift -= bits) {
            repeated |= shift >= 0 ? sample << shift : sample >> -shift;
        }
        return repeated;
    }

    /**
     * Whether nobody spread samples, by the 8 bits of all of them: one cannot have been, or they
     * fill the low bits, as which they are bright and as spread ones black.
     *
     * @param met what {@link #low} said of each, put together by "or"
     */
    boolean isLow(int met) {
        return (met & NOT_SPREAD) != 0 || (isBlack && (met & HALF) != 0);
    }

    /** How many samples the low bits can hold, from 0 on. */
    int lows() {
        return low.length;
    }

    /** The 8 bits of a sample, and perhaps {@link #NOT_SPREAD}. */
    int low(int sample) {
        return low[sample];
    }

    /** What {@link #low} made of samples, again, as if they were spread. */
    byte high(byte eight) {
        return high[eight & 0xff];
    }
}
