package dev.medzoo.translate.decode;

/**
 * Upsamples the rows of a component to the picture's size as libjpeg does: a colour of half the
 * width, and of half or all of the height, by a triangle filter ("fancy upsampling"), every other
 * one by repeating its samples. Even and odd columns are returned separately, because each kind is
 * computed in one loop.
 */
final class JpegUpsampler {
    private final byte[] samples;
    private final int from;
    private final int stride;

    /** Of the colour, in its own samples. */
    private final int width;

    private final int height;
    private final int across;
    private final int down;
    private final boolean isSmooth;

    /** Of the picture's columns, how many are even. */
    private final int half;

    /** Rows of vertical sums, and these shifted right and left by one. */
    private final int[] sums;

    private final int[] before;
    private final int[] after;

    /** Even columns of the requested rows. */
    final int[] even;

    /** Odd columns of the requested rows. */
    final int[] odd;

    /**
     * @param from where its samples begin
     * @param stride of its rows
     * @param width and {@code height}: of the colour, in its own samples
     * @param across how many columns of the picture one of its columns stands for
     * @param down the same for rows
     * @param columns of the picture
     * @param rows of the picture computed at once
     */
    JpegUpsampler(
            byte[] samples,
            int from,
            int stride,
            int width,
            int height,
            int across,
            int down,
            int columns,
            int rows) {
        this.samples = samples;
        this.from = from;
        this.stride = stride;
        this.width = width;
        this.height = height;
        this.across = across;
        this.down = down;
        isSmooth = across == 2 && down <= 2 && width > 2;
        half = (columns + 1) / 2;
        even = new int[rows * half];
        odd = new int[rows * half];
        sums = new int[isSmooth ? rows * half : 0];
        before = new int[sums.length];
        after = new int[sums.length];
    }

    /**
     * Computes as many rows of the picture as fit. Beyond the picture's end the last row repeats.
     *
     * @param first of them
     */
    void rows(int first) {
        int rows = even.length / half;
        for (int row = 0; row < rows; row++) {
            int y = Math.min(down * height - 1, first + row);
            int at = from + y / down * stride;
            if (isSmooth) {
                sum(at, neighbour(y), row * half);
            } else {
                repeat(at, row * half);
            }
        }
        if (isSmooth && down == 1) {
            smooth(1, 2);
        } else if (isSmooth) {
            smooth(8, 4);
        }
    }

    /** Offset to the other row that a row is interpolated from. */
    private int neighbour(int y) {
        int near = y / down;
        int far = Math.max(0, Math.min(height - 1, y % 2 == 0 ? near - 1 : near + 1));
        return (far - near) * stride;
    }

    private void sum(int at, int other, int to) {
        if (down == 1) {
            for (int x = 0; x < half; x++) {
                sums[to + x] = samples[at + x] & 0xff;
            }
        } else {
            for (int x = 0; x < half; x++) {
                sums[to + x] = 3 * (samples[at + x] & 0xff) + (samples[at + x + other] & 0xff);
            }
        }
        System.arraycopy(sums, to, before, to + 1, half - 1);
        before[to] = sums[to];
        System.arraycopy(sums, to + 1, after, to, half - 1);
        after[to + half - 1] = sums[to + half - 1];
    }

    /**
     * Three quarters of a sum and a quarter of its neighbour.
     *
     * @param rounding of even columns; that of odd columns balances it, so that there is no bias
     * @param bits of fraction
     */
    private void smooth(int rounding, int bits) {
        weigh(sums, before, rounding, bits, even);
        weigh(sums, after, (1 << bits) - 1 - rounding, bits, odd);
    }

    private static void weigh(int[] near, int[] far, int rounding, int bits, int[] out) {
        for (int x = 0; x < out.length; x++) {
            out[x] = (3 * near[x] + far[x] + rounding) >> bits;
        }
    }

    private void repeat(int at, int to) {
        if (across == 1) {
            for (int x = 0; x < width / 2; x++) {
                even[to + x] = samples[at + 2 * x] & 0xff;
                odd[to + x] = samples[at + 2 * x + 1] & 0xff;
            }
            if (width % 2 == 1) {
                even[to + width / 2] = samples[at + width - 1] & 0xff;
            }
            return;
        }
        for (int x = 0; x < half; x++) {
            even[to + x] = samples[at + 2 * x / across] & 0xff;
            odd[to + x] = samples[at + Math.min(width - 1, (2 * x + 1) / across)] & 0xff;
        }
    }
}
