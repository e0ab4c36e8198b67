package dev.medzoo.translate.decode;

/**
 * One colour of a row of blocks of a JPEG, at a scale below its own: each block of 8 by 8
 * coefficients becomes 1, 2, 4 or 8 samples each way, by the inverse cosine transform of as many
 * coefficients. Each sample is close to the mean of the full-size samples that it replaces:
 * coefficients are damped as averaging would damp them.
 */
final class JpegPlane {
    private static final float[] HALF_COSINES = cosines();

    /** Samples per block, horizontally and vertically. */
    final int across;

    final int down;

    /** Samples in a row over all blocks. */
    final int stride;

    final byte[] samples;

    /** Last coefficient needed, in zigzag order. */
    final int wanted;

    /** Factor of each coefficient, in the same order. */
    final float[] factors = new float[64];

    private final float[] block = new float[64];

    /**
     * @param across 1, 2, 4 or 8
     * @param down 1, 2, 4 or 8
     * @param blocksAcross in a row
     * @param blockRows that are kept
     * @param quantization in the order of the zigzag
     */
    JpegPlane(int across, int down, int blocksAcross, int blockRows, int[] quantization) {
        this.across = across;
        this.down = down;
        stride = across * blocksAcross;
        samples = new byte[stride * down * blockRows];
        int most = 0;
        for (int k = 0; k < 64; k++) {
            int row = JpegBlocks.ZIGZAG[k] >> 3;
            int column = JpegBlocks.ZIGZAG[k] & 7;
            if (row < down && column < across) {
                most = k;
                factors[k] = quantization[k] * factor(column, across) * factor(row, down) / 8;
            }
        }
        wanted = most;
    }

    /** Norm and damping of the n-th coefficient of a row or column of so many samples. */
    private static float factor(int n, int samples) {
        double damping = 1;
        for (int size = samples; size < 8; size *= 2) {
            damping *= Math.cos(n * Math.PI / (4 * size));
        }
        return (float) (damping * (n == 0 ? 1 : Math.sqrt(2)));
    }

    /** Buffer for the AC coefficients of the next block. */
    float[] block() {
        return block;
    }

    /**
     * Computes the samples of a block, and clears {@link #block()} for the next.
     *
     * @param first coefficient, not yet multiplied
     * @param last place that was written to, 0 for none
     * @param x and {@code y}: which block
     */
    void draw(int first, int last, int x, int y) {
        int to = y * down * stride + x * across;
        float level = first * factors[0] + 128.5f;
        if (last == 0) {
            fill(to, clip(level));
            return;
        }
        if (across == 2 && down == 2) {
            twoByTwo(level, to);
            return;
        }
        block[0] = level;
        for (int column = 0; column < across; column++) {
            transform(block, column, 8, down);
        }
        for (int row = 0; row < down; row++) {
            transform(block, 8 * row, 1, across);
            for (int column = 0; column < across; column++) {
                samples[to + column] = clip(block[8 * row + column]);
                // Coefficients outside stay 0, as their factors are 0.
                block[8 * row + column] = 0;
            }
            to += stride;
        }
    }

    /** Fast path for blocks of two by two samples, by far the most frequent. */
    private void twoByTwo(float level, int to) {
        float right = block[1] * HALF_COSINES[4];
        float below = block[8] * HALF_COSINES[4];
        float both = block[9] * HALF_COSINES[4] * HALF_COSINES[4];
        samples[to] = clip(level + right + below + both);
        samples[to + 1] = clip(level - right + below - both);
        samples[to + stride] = clip(level + right - below - both);
        samples[to + stride + 1] = clip(level - right - below + both);
        block[1] = 0;
        block[8] = 0;
        block[9] = 0;
    }

    private void fill(int to, byte sample) {
        for (int row = 0; row < down; row++) {
            for (int column = 0; column < across; column++) {
                samples[to + row * stride + column] = sample;
            }
        }
    }

    private static byte clip(float level) {
        return (byte) Math.max(0, Math.min(255, (int) level));
    }

    /** Inverse cosine transform in place of {@code size} numbers, {@code step} apart. */
    private static void transform(float[] a, int at, int step, int size) {
        switch (size) {
            case 1 -> {}
            case 2 -> two(a, at, step);
            case 4 -> four(a, at, step);
            default -> eight(a, at, step);
        }
    }

    private static void two(float[] a, int at, int step) {
        float even = a[at];
        float odd = a[at + step] * HALF_COSINES[4];
        a[at] = even + odd;
        a[at + step] = even - odd;
    }

    private static void four(float[] a, int at, int step) {
        float a0 = a[at];
        float a1 = a[at + step];
        float a2 = a[at + 2 * step] * HALF_COSINES[4];
        float a3 = a[at + 3 * step];
        if (a1 == 0 && a2 == 0 && a3 == 0) {
            a[at + step] = a0;
            a[at + 2 * step] = a0;
            a[at + 3 * step] = a0;
            return;
        }
        float outer = a1 * HALF_COSINES[2] + a3 * HALF_COSINES[6];
        float inner = a1 * HALF_COSINES[6] - a3 * HALF_COSINES[2];
        a[at] = a0 + a2 + outer;
        a[at + step] = a0 - a2 + inner;
        a[at + 2 * step] = a0 - a2 - inner;
        a[at + 3 * step] = a0 + a2 - outer;
    }

    /**
     * Transform of eight: the even coefficients are one of four; the odd ones are added and
     * subtracted.
     */
    private static void eight(float[] a, int at, int step) {
        float a1 = a[at + step];
        float a3 = a[at + 3 * step];
        float a5 = a[at + 5 * step];
        float a7 = a[at + 7 * step];
        a[at + step] = a[at + 2 * step];
        a[at + 2 * step] = a[at + 4 * step];
        a[at + 3 * step] = a[at + 6 * step];
        four(a, at, step);
        float[] c = HALF_COSINES;
        float odd0 = a1 * c[1] + a3 * c[3] + a5 * c[5] + a7 * c[7];
        float odd1 = a1 * c[3] - a3 * c[7] - a5 * c[1] - a7 * c[5];
        float odd2 = a1 * c[5] - a3 * c[1] + a5 * c[7] + a7 * c[3];
        float odd3 = a1 * c[7] - a3 * c[5] + a5 * c[3] - a7 * c[1];
        a[at + 7 * step] = a[at] - odd0;
        a[at + 6 * step] = a[at + step] - odd1;
        a[at + 5 * step] = a[at + 2 * step] - odd2;
        a[at + 4 * step] = a[at + 3 * step] - odd3;
        a[at] += odd0;
        a[at + step] += odd1;
        a[at + 2 * step] += odd2;
        a[at + 3 * step] += odd3;
    }

    /** Cosines of the multiples of a sixteenth of half a turn. */
    private static float[] cosines() {
        float[] all = new float[8];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) Math.cos(i * Math.PI / 16);
        }
        return all;
    }
}
