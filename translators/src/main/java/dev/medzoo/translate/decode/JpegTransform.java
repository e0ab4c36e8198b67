package dev.medzoo.translate.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The inverse cosine transform of libjpeg's {@code jidctint.c} (Loeffler, Ligtenberg and Moschytz
 * 1989, in fixed point of 13 bits), bit for bit, as long as every coefficient is below {@link
 * #MOST}. Many blocks are transformed at once: neighbours in an array are the same position of
 * different blocks, so that Java's compiler vectorises the loops.
 *
 * <p>Each sum here is expanded to the coefficients. libjpeg shares common terms instead; integer
 * wrap-around makes both bit-identical.
 */
final class JpegTransform {
    /** Bound on coefficients below which nothing overflows; 8-bit samples give up to 1200. */
    static final int MOST = 4096;

    private static final int BLOCKS = 64;

    /** All columns, or all rows, of all blocks. */
    private static final int LINES = 8 * BLOCKS;

    /** Per zigzag index, the offset of the coefficients at that position. */
    static final int[] PLACES =
            Arrays.stream(JpegBlocks.ZIGZAG).map(place -> place * BLOCKS).toArray();

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH_BYTE = 0x0101010101010101L;

    /** Ordered by row, then column, then block. */
    final int[] coefficients = new int[8 * LINES];

    private final int[] between = new int[8 * LINES];

    /** Ordered by column, then row, then block. */
    private final int[] columns = new int[8 * LINES];

    private final int[] samples = new int[8 * LINES];

    /** The left and the right half of each row of each block, four samples each. */
    private final int[] left = new int[LINES];

    private final int[] right = new int[LINES];

    /** Bitwise OR of all sums, each offset by 512. */
    private final int[] wide = new int[LINES];

    private final byte[] out;
    private final int[] to = new int[BLOCKS];
    private final int[] strides = new int[BLOCKS];
    private int count;

    /**
     * @param out where the samples of all blocks go
     */
    JpegTransform(byte[] out) {
        this.out = out;
    }

    /** Where the coefficients of the next block go, beyond {@link #PLACES}. */
    int block() {
        return count;
    }

    /** Computes the samples of a block with a DC coefficient alone. */
    void fill(int first, int at, int stride) {
        int sum = (first * 4 + 16) >> 5;
        wide[0] |= sum + 512;
        long row = clip(sum + 128) * EACH_BYTE;
        for (int y = 0; y < 8; y++) {
            LONG.set(out, at + y * stride, row);
        }
    }

    /**
     * Queues the block whose coefficients have been written; its samples are computed at the latest
     * in {@link #finish}.
     *
     * @param first its first coefficient
     * @param at of its first sample
     * @param stride of its rows
     */
    void add(int first, int at, int stride) {
        coefficients[count] = first;
        to[count] = at;
        strides[count] = stride;
        if (++count == BLOCKS) {
            finish();
        }
    }

    /** Computes the samples of all queued blocks. */
    void finish() {
        if (count == 0) {
            return;
        }
        transform(coefficients, between, 11);
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 8; column++) {
                int from = (8 * row + column) * BLOCKS;
                System.arraycopy(between, from, columns, (8 * column + row) * BLOCKS, BLOCKS);
            }
        }
        transform(columns, samples, 18);
        pack(samples, 0, wide, left);
        pack(samples, 4, wide, right);
        for (int block = 0; block < count; block++) {
            int at = to[block];
            for (int line = block; line < LINES; line += BLOCKS) {
                LONG.set(out, at, (left[line] & 0xffffffffL) | (long) right[line] << 32);
                at += strides[block];
            }
        }
        Arrays.fill(coefficients, 0);
        count = 0;
    }

    /**
     * One-dimensional transform of eight numbers, for many lines at once.
     *
     * @param bits fraction bits removed from a sum, with rounding
     */
    private static void transform(int[] in, int[] out, int bits) {
        int half = 1 << (bits - 1);
        for (int i = 0; i < LINES; i++) {
            int even = (in[i] << 13) + (in[i + 4 * LINES] << 13) + half;
            even += in[i + 2 * LINES] * 10703 + in[i + 6 * LINES] * 4433;
            int odd = in[i + LINES] * 11363 + in[i + 3 * LINES] * 9633;
            odd += in[i + 5 * LINES] * 6437 + in[i + 7 * LINES] * 2260;
            out[i] = (even + odd) >> bits;
            out[i + 7 * LINES] = (even - odd) >> bits;
        }
        for (int i = 0; i < LINES; i++) {
            int even = (in[i] << 13) - (in[i + 4 * LINES] << 13) + half;
            even += in[i + 2 * LINES] * 4433 - in[i + 6 * LINES] * 10704;
            int odd = in[i + LINES] * 9633 - in[i + 3 * LINES] * 2259;
            odd -= in[i + 5 * LINES] * 11362 + in[i + 7 * LINES] * 6436;
            out[i + LINES] = (even + odd) >> bits;
            out[i + 6 * LINES] = (even - odd) >> bits;
        }
        for (int i = 0; i < LINES; i++) {
            int even = (in[i] << 13) - (in[i + 4 * LINES] << 13) + half;
            even -= in[i + 2 * LINES] * 4433 - in[i + 6 * LINES] * 10704;
            int odd = in[i + LINES] * 6437 - in[i + 3 * LINES] * 11362;
            odd += in[i + 5 * LINES] * 2261 + in[i + 7 * LINES] * 9633;
            out[i + 2 * LINES] = (even + odd) >> bits;
            out[i + 5 * LINES] = (even - odd) >> bits;
        }
        for (int i = 0; i < LINES; i++) {
            int even = (in[i] << 13) + (in[i + 4 * LINES] << 13) + half;
            even -= in[i + 2 * LINES] * 10703 + in[i + 6 * LINES] * 4433;
            int odd = in[i + LINES] * 2260 - in[i + 3 * LINES] * 6436;
            odd += in[i + 5 * LINES] * 9633 - in[i + 7 * LINES] * 11363;
            out[i + 3 * LINES] = (even + odd) >> bits;
            out[i + 4 * LINES] = (even - odd) >> bits;
        }
    }

    /** Packs four samples of each line into bytes, starting at {@code from}. */
    private static void pack(int[] sums, int from, int[] wide, int[] out) {
        // Constant offsets let the compiler vectorise.
        System.arraycopy(sums, from * LINES, sums, 0, 4 * LINES);
        for (int i = 0; i < LINES; i++) {
            int a = sums[i];
            int b = sums[i + LINES];
            int c = sums[i + 2 * LINES];
            int d = sums[i + 3 * LINES];
            wide[i] |= (a + 512) | (b + 512) | (c + 512) | (d + 512);
            out[i] = clip(a + 128) | clip(b + 128) << 8 | clip(c + 128) << 16 | clip(d + 128) << 24;
        }
    }

    /** Whether a sample is far out of range, where libjpeg versions differ. */
    boolean isWild() {
        return Arrays.stream(wide).anyMatch(sums -> (sums & ~1023) != 0);
    }

    /** Clamps to 0 to 255, branch-free for vectorisation. */
    static int clip(int level) {
        return (level | (255 - level) >> 31) & ~(level >> 31) & 255;
    }
}
