package dev.medzoo.translate.transform;

import java.util.Arrays;

/**
 * Weighted sums of many pixels at once, in loops that Java's compiler vectorises. A pixel is an
 * int: red in its lowest byte, then green, then blue.
 */
final class ColourSums {
    /** Fraction bits of a weight: 32 minus 8 for the pixel and 2 for overshoot, as in Pillow. */
    static final int FRACTION_BITS = 22;

    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private final int[] red;
    private final int[] green;
    private final int[] blue;

    ColourSums(int count) {
        red = new int[count];
        green = new int[count];
        blue = new int[count];
        clear();
    }

    /** Starts the sums at one half, so that the results are rounded. */
    private void clear() {
        Arrays.fill(red, HALF);
        Arrays.fill(green, HALF);
        Arrays.fill(blue, HALF);
    }

    /** Adds pixels times a fixed-point weight. */
    void add(int[] pixels, int weight) {
        add(pixels, weight, red, green, blue);
    }

    // Local variables let the compiler know the arrays' lengths.
    private static void add(int[] pixels, int weight, int[] red, int[] green, int[] blue) {
        for (int i = 0; i < red.length; i++) {
            int pixel = pixels[i];
            red[i] += (pixel & 255) * weight;
            green[i] += (pixel >> 8 & 255) * weight;
            blue[i] += (pixel >> 16 & 255) * weight;
        }
    }

    /**
     * Writes the sums as pixels, each colour rounded and clamped to 0 to 255, and starts new sums.
     */
    void takeInto(int[] pixels) {
        take(red, green, blue, pixels);
        clear();
    }

    private static void take(int[] red, int[] green, int[] blue, int[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = level(red[i]) | level(green[i]) << 8 | level(blue[i]) << 16;
        }
    }

    /** Branch-free for vectorisation. */
    private static int level(int sum) {
        int level = sum >> FRACTION_BITS;
        return (level | (255 - level) >> 31) & ~(level >> 31) & 255;
    }
}
