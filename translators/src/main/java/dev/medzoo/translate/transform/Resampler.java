package dev.medzoo.translate.transform;

import dev.medzoo.translate.decode.CoarsePicture;
import dev.medzoo.translate.decode.CoarsePicture.Span;
import dev.medzoo.translate.decode.RgbPicture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Resizes 8-bit RGB with the arithmetic of Pillow's {@code Image.resize}: one pass over the rows,
 * one over the columns, each in fixed point and each rounded back to 8 bits. The result equals
 * Pillow's bit for bit; the golden tensors hold such values.
 */
final class Resampler {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Rows resized together. */
    private static final int STRIP = 128;

    private Resampler() {}

    static RgbPicture resize(RgbPicture picture, InputSize size, Interpolation interpolation) {
        return resize(CoarsePicture.of(picture), size, interpolation);
    }

    /** Resizes the picture's extent within the pixels, like Pillow's {@code box}. */
    static RgbPicture resize(CoarsePicture picture, InputSize size, Interpolation interpolation) {
        RgbPicture wide = picture.pixels();
        Span across = picture.across();
        Span down = picture.down();
        if (!across.isFilled(size.width())) {
            wide = resizeRows(wide, Weights.of(across, size.width(), interpolation));
        }
        if (down.isFilled(size.height())) {
            return wide;
        }
        return resizeColumns(wide, Weights.of(down, size.height(), interpolation));
    }

    /** Works strip by strip, with each column of a strip in an array. */
    private static RgbPicture resizeRows(RgbPicture picture, Weights weights) {
        int width = weights.first.length;
        int height = picture.height();
        byte[] out = new byte[3 * width * height];
        int strip = Math.min(STRIP, height);
        int[][] columns = new int[picture.width()][strip];
        int[][] resized = new int[width][strip];
        ColourSums sums = new ColourSums(strip);
        for (int top = 0; top < height; top += strip) {
            int rows = Math.min(strip, height - top);
            int y = 0;
            for (; y <= rows - 4; y += 4) {
                readFourRows(picture, top + y, columns, y);
            }
            for (; y < rows; y++) {
                readRow(picture, top + y, columns, y);
            }
            for (int x = 0; x < width; x++) {
                weights.add(x, columns, sums);
                sums.takeInto(resized[x]);
            }
            for (y = 0; y < rows; y++) {
                writeRow(resized, y, out, 3 * (top + y) * width);
            }
        }
        return new RgbPicture(width, height, out);
    }

    private static RgbPicture resizeColumns(RgbPicture picture, Weights weights) {
        int height = weights.first.length;
        int width = picture.width();
        byte[] out = new byte[3 * width * height];
        int[] row = new int[width];
        int[] read = new int[width];
        ColourSums sums = new ColourSums(width);
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < weights.of[y].length; i++) {
                readRow(picture.rgb(), 3 * (weights.first[y] + i) * width, read);
                sums.add(read, weights.of[y][i]);
            }
            sums.takeInto(row);
            for (int x = 0; x < width; x++) {
                writePixel(row[x], out, 3 * (y * width + x));
            }
        }
        return new RgbPicture(width, height, out);
    }

    /** Reads four rows at once, so that a column's pixels are written side by side. */
    private static void readFourRows(RgbPicture picture, int y, int[][] columns, int to) {
        byte[] rgb = picture.rgb();
        int stride = 3 * picture.width();
        int at = y * stride;
        for (int[] column : columns) {
            column[to] = readPixel(rgb, at);
            column[to + 1] = readPixel(rgb, at + stride);
            column[to + 2] = readPixel(rgb, at + 2 * stride);
            column[to + 3] = readPixel(rgb, at + 3 * stride);
            at += 3;
        }
    }

    private static void readRow(RgbPicture picture, int y, int[][] columns, int to) {
        byte[] rgb = picture.rgb();
        int at = 3 * y * picture.width();
        for (int[] column : columns) {
            column[to] = readPixel(rgb, at);
            at += 3;
        }
    }

    private static void readRow(byte[] rgb, int from, int[] out) {
        int at = from;
        for (int x = 0; x < out.length; x++, at += 3) {
            out[x] = readPixel(rgb, at);
        }
    }

    private static void writeRow(int[][] columns, int y, byte[] rgb, int from) {
        int at = from;
        for (int[] column : columns) {
            writePixel(column[y], rgb, at);
            at += 3;
        }
    }

    /** Reads a pixel; the highest byte holds the byte after it. */
    private static int readPixel(byte[] rgb, int at) {
        if (at + Integer.BYTES <= rgb.length) {
            return (int) INT.get(rgb, at);
        }
        return (rgb[at] & 0xff) | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff) << 16;
    }

    /** Writes a pixel and one byte more, which the next pixel overwrites. */
    private static void writePixel(int pixel, byte[] rgb, int at) {
        if (at + Integer.BYTES <= rgb.length) {
            INT.set(rgb, at, pixel);
        } else {
            rgb[at] = (byte) pixel;
            rgb[at + 1] = (byte) (pixel >> 8);
            rgb[at + 2] = (byte) (pixel >> 16);
        }
    }

    /** For each output pixel: the first input pixel, and the weights from there on. */
    private static final class Weights {
        final int[] first;
        final int[][] of;

        private Weights(int[] first, int[][] of) {
            this.first = first;
            this.of = of;
        }

        /** Adds all weighted input lines of one output pixel. */
        void add(int output, int[][] lines, ColourSums sums) {
            int line = first[output];
            for (int weight : of[output]) {
                sums.add(lines[line++], weight);
            }
        }

        static Weights of(Span input, int outputSize, Interpolation interpolation) {
            double scale = input.length() / outputSize;
            double filterScale = Math.max(1, scale);
            double support = interpolation.support * filterScale;
            int[] first = new int[outputSize];
            int[][] weights = new int[outputSize][];
            for (int i = 0; i < outputSize; i++) {
                double centre = input.from() + (i + 0.5) * scale;
                first[i] = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(input.pixels(), (int) (centre + support + 0.5));
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
                double scaled = exact[j] / sum * (1 << ColourSums.FRACTION_BITS);
                fixed[j] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            }
            return fixed;
        }
    }
}
