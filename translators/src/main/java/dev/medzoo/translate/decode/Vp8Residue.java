package dev.medzoo.translate.decode;

import java.util.Arrays;

/**
 * The residue of a macroblock of a lossy WebP (RFC 6386, sections 13 and 14): coefficients and
 * their inverse transforms, added to the prediction.
 */
final class Vp8Residue {
    private static final int[] BAND = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};
    private static final int[][] LARGE = {
        {173, 148, 140},
        {176, 155, 140, 135},
        {180, 157, 141, 134, 130},
        {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
    };
    private static final int OF_BAND = Vp8Tables.CONTEXTS * Vp8Tables.PROBABILITIES;
    private static final int OF_TYPE = Vp8Tables.BANDS * OF_BAND;

    private final int[] probabilities;

    /** Sixteen coefficients for each of 16 blocks of luma, and 4 and 4 of chroma. */
    final int[] coefficients = new int[24 * 16];

    /** Whether each block has nonzero coefficients. */
    final boolean[] isFilled = new boolean[24];

    private final int[] sums = new int[16];
    private final int[] rows = new int[16];

    Vp8Residue(int[] probabilities) {
        this.probabilities = probabilities;
    }

    /**
     * Reads a macroblock.
     *
     * @param above whether the blocks above have coefficients: 4 of luma, 2 and 2 of chroma, 1 of
     *     Y2; updated to those of this macroblock
     * @param left the same of those to the left
     * @param hasSums whether the DC coefficients of luma are coded apart (Y2)
     * @return whether there are any
     */
    boolean read(Vp8BoolDecoder bools, int[] above, int[] left, boolean hasSums, int[] steps) {
        Arrays.fill(coefficients, 0);
        int first = 0;
        int type = 3;
        if (hasSums) {
            Arrays.fill(sums, 0);
            int n = block(bools, 1, above[8] + left[8], 0, sums, 0, steps[2], steps[3]);
            above[8] = n > 0 ? 1 : 0;
            left[8] = above[8];
            spreadSums();
            first = 1;
            type = 0;
        }
        for (int i = 0; i < 16; i++) {
            int x = i & 3;
            int y = i >> 2;
            int n =
                    block(
                            bools,
                            type,
                            above[x] + left[y],
                            first,
                            coefficients,
                            16 * i,
                            steps[0],
                            steps[1]);
            above[x] = n > first ? 1 : 0;
            left[y] = above[x];
        }
        for (int i = 16; i < 24; i++) {
            int plane = i < 20 ? 4 : 6;
            int x = plane + (i & 1);
            int y = plane + (i >> 1 & 1);
            int n =
                    block(
                            bools,
                            2,
                            above[x] + left[y],
                            0,
                            coefficients,
                            16 * i,
                            steps[4],
                            steps[5]);
            above[x] = n > 0 ? 1 : 0;
            left[y] = above[x];
        }
        return mark();
    }

    /** Clears the coefficients of a macroblock that codes none. */
    void clear(int[] above, int[] left, boolean hasSums) {
        Arrays.fill(isFilled, false);
        Arrays.fill(above, 0, 8, 0);
        Arrays.fill(left, 0, 8, 0);
        if (hasSums) {
            above[8] = 0;
            left[8] = 0;
        }
    }

    private boolean mark() {
        boolean any = false;
        for (int i = 0; i < isFilled.length; i++) {
            boolean isBlock = false;
            for (int k = 16 * i; k < 16 * i + 16; k++) {
                isBlock |= coefficients[k] != 0;
            }
            isFilled[i] = isBlock;
            any |= isBlock;
        }
        return any;
    }

    /** Reads one block; returns the position after its last coefficient. */
    private int block(
            Vp8BoolDecoder bools,
            int type,
            int context,
            int first,
            int[] out,
            int at,
            int dc,
            int ac) {
        int n = first;
        int p = type * OF_TYPE + BAND[n] * OF_BAND + context * Vp8Tables.PROBABILITIES;
        while (n < 16) {
            if (!bools.read(probabilities[p])) {
                return n;
            }
            while (!bools.read(probabilities[p + 1])) {
                n++;
                if (n == 16) {
                    return 16;
                }
                p = type * OF_TYPE + BAND[n] * OF_BAND;
            }
            int next = type * OF_TYPE + BAND[n + 1] * OF_BAND;
            int value = 1;
            if (bools.read(probabilities[p + 2])) {
                value = large(bools, p);
                p = next + 2 * Vp8Tables.PROBABILITIES;
            } else {
                p = next + Vp8Tables.PROBABILITIES;
            }
            out[at + ZIGZAG[n]] = (bools.flag() ? -value : value) * (n == 0 ? dc : ac);
            n++;
        }
        return 16;
    }

    private int large(Vp8BoolDecoder bools, int p) {
        if (!bools.read(probabilities[p + 3])) {
            return bools.read(probabilities[p + 4]) ? 3 + bools.bit(probabilities[p + 5]) : 2;
        }
        if (!bools.read(probabilities[p + 6])) {
            if (!bools.read(probabilities[p + 7])) {
                return 5 + bools.bit(159);
            }
            int high = bools.bit(165);
            return 7 + 2 * high + bools.bit(145);
        }
        int high = bools.bit(probabilities[p + 8]);
        int category = 2 * high + bools.bit(probabilities[p + 9 + high]);
        int value = 0;
        for (int probability : LARGE[category]) {
            value = 2 * value + bools.bit(probability);
        }
        return value + 3 + (8 << category);
    }

    /** Inverse Walsh-Hadamard transform: gives the DC coefficients of the luma blocks. */
    private void spreadSums() {
        for (int i = 0; i < 4; i++) {
            int a = sums[i] + sums[12 + i];
            int b = sums[4 + i] + sums[8 + i];
            int c = sums[4 + i] - sums[8 + i];
            int d = sums[i] - sums[12 + i];
            rows[i] = a + b;
            rows[8 + i] = a - b;
            rows[4 + i] = d + c;
            rows[12 + i] = d - c;
        }
        for (int i = 0; i < 4; i++) {
            int dc = rows[4 * i] + 3;
            int a = dc + rows[4 * i + 3];
            int b = rows[4 * i + 1] + rows[4 * i + 2];
            int c = rows[4 * i + 1] - rows[4 * i + 2];
            int d = dc - rows[4 * i + 3];
            int out = 64 * i;
            coefficients[out] = (a + b) >> 3;
            coefficients[out + 16] = (d + c) >> 3;
            coefficients[out + 32] = (a - b) >> 3;
            coefficients[out + 48] = (d - c) >> 3;
        }
    }

    /** Adds a block to the prediction, four rows of four pixels from {@code at} on. */
    void add(int block, byte[] pixels, int at, int stride) {
        if (!isFilled[block]) {
            return;
        }
        int in = 16 * block;
        for (int i = 0; i < 4; i++, in++) {
            int a = coefficients[in] + coefficients[in + 8];
            int b = coefficients[in] - coefficients[in + 8];
            int c = sine(coefficients[in + 4]) - cosine(coefficients[in + 12]);
            int d = cosine(coefficients[in + 4]) + sine(coefficients[in + 12]);
            rows[4 * i] = a + d;
            rows[4 * i + 1] = b + c;
            rows[4 * i + 2] = b - c;
            rows[4 * i + 3] = a - d;
        }
        for (int i = 0; i < 4; i++) {
            int dc = rows[i] + 4;
            int a = dc + rows[8 + i];
            int b = dc - rows[8 + i];
            int c = sine(rows[4 + i]) - cosine(rows[12 + i]);
            int d = cosine(rows[4 + i]) + sine(rows[12 + i]);
            int to = at + i * stride;
            pixels[to] = clip((pixels[to] & 0xff) + ((a + d) >> 3));
            pixels[to + 1] = clip((pixels[to + 1] & 0xff) + ((b + c) >> 3));
            pixels[to + 2] = clip((pixels[to + 2] & 0xff) + ((b - c) >> 3));
            pixels[to + 3] = clip((pixels[to + 3] & 0xff) + ((a - d) >> 3));
        }
    }

    /** Multiplies by sqrt(2) * cos(pi / 8). */
    private static int cosine(int value) {
        return ((value * 20091) >> 16) + value;
    }

    private static int sine(int value) {
        return (value * 35468) >> 16;
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
