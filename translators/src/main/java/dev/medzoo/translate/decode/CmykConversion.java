package dev.medzoo.translate.decode;

/** Converts CMYK to RGB without a colour profile, with Pillow's arithmetic. */
final class CmykConversion {
    private CmykConversion() {}

    /**
     * Converts one pixel: each ink's transmission times that of black.
     *
     * @param cyan 0 (none) to 255 (full), as the other inks
     * @param rgb where red, green and blue are written, from {@code at} on
     */
    static void toRgb(int cyan, int magenta, int yellow, int black, byte[] rgb, int at) {
        int light = 255 - black;
        rgb[at] = (byte) (light - product(cyan, light));
        rgb[at + 1] = (byte) (light - product(magenta, light));
        rgb[at + 2] = (byte) (light - product(yellow, light));
    }

    /** {@code a * b / 255}, rounded. */
    private static int product(int a, int b) {
        int shifted = a * b + 128;
        return ((shifted >> 8) + shifted) >> 8;
    }
}
