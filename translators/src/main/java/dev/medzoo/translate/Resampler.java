package dev.medzoo.translate;

import java.util.Arrays;

/**
 * Resizes 8-bit RGB with the arithmetic of Pillow's {@code Image.resize}: one pass over the rows,
 * one over the columns, each in fixed point and each rounded back to 8 bits. So a picture resized
 * here has the very values that Pillow gives, which the golden tensors hold.
 */
final class Resampler {
    /** Fraction bits of a weight: 32 less 8 for the pixel and 2 for overshoot, as in Pillow. */
    private static final int FRACTION_BITS = 22;

    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private Resampler() {}

    static RgbPicture resize(RgbPicture picture, InputSize size, Interpolation interpolation) {
        RgbPicture wide = picture;
        if (picture.width() != size.width()) {
            Weights weights = Weights.of(picture.width(), size.width(), interpolation);
            wide = resizeRows(picture, weights);
        }
        if (picture.height() == size.height()) {
            return wide;
        }
        return resizeColumns(wide, Weights.of(picture.height(), size.height(), interpolation));
    }

    private static RgbPicture resizeRows(RgbPicture picture, Weights weights) {
        int width = weights.first.length;
        byte[] in = picture.rgb();
        byte[] out = new byte[3 * width * picture.height()];
        int to = 0;
        for (int y = 0; y < picture.height(); y++) {
            int row = 3 * y * picture.width();
            for (int x = 0; x < width; x++) {
                int[] w = weights.of[x];
                int from = row + 3 * weights.first[x];
                int r = HALF;
                int g = HALF;
                int b = HALF;
                for (int i = 0; i < w.length; i++, from += 3) {
                    r += (in[from] & 0xff) * w[i];
                    g += (in[from + 1] & 0xff) * w[i];
                    b += (in[from + 2] & 0xff) * w[i];
                }
                out[to++] = clip(r);
                out[to++] = clip(g);
                out[to++] = clip(b);
            }
        }
        return new RgbPicture(width, picture.height(), out);
    }

    private static RgbPicture resizeColumns(RgbPicture picture, Weights weights) {
        int height = weights.first.length;
        int stride = 3 * picture.width();
        byte[] in = picture.rgb();
        byte[] out = new byte[stride * height];
        int[] sums = new int[stride];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            int from = weights.first[y] * stride;
            for (int w : weights.of[y]) {
                for (int x = 0; x < stride; x++) {
                    sums[x] += (in[from + x] & 0xff) * w;
                }
                from += stride;
            }
            for (int x = 0; x < stride; x++) {
                out[y * stride + x] = clip(sums[x]);
            }
        }
        return new RgbPicture(picture.width(), height, out);
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
    }

    /** For each output pixel: the first input pixel it sees, and the weights from there on. */
    private static final class Weights {
        final int[] first;
        final int[][] of;

        private Weights(int[] first, int[][] of) {
            this.first = first;
            this.of = of;
        }

        static Weights of(int inputSize, int outputSize, Interpolation interpolation) {
            double scale = (double) inputSize / outputSize;
            double filterScale = Math.max(1, scale);
            double support = interpolation.support * filterScale;
            int[] first = new int[outputSize];
            int[][] weights = new int[outputSize][];
            for (int i = 0; i < outputSize; i++) {
                double centre = (i + 0.5) * scale;
                first[i] = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(inputSize, (int) (centre + support + 0.5));
                double[] exact = new double[end - first[i]];
                double sum = 0;
                for (int j = 0; j < exact.length; j++) {
                    double distance = j + first[i] - centre + 0.5;
                    exact[j] = interpolation.weight(distance / filterScale);
                    sum += exact[j];
                }
                weights[i] = fixedPoint(exact, sum);
            }
            return new Weights(first, weights);
        }

        private static int[] fixedPoint(double[] exact, double sum) {
            int[] fixed = new int[exact.length];
            for (int j = 0; j < fixed.length; j++) {
                double scaled = exact[j] / sum * (1 << FRACTION_BITS);
                fixed[j] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
            return fixed;
        }
    }
}
