package dev.medzoo.translate.decode;

import java.util.Arrays;

/**
 * One plane of a lossy WebP in whole macroblocks, with the border from which its first blocks are
 * predicted: a row of 127 above, a column of 129 to the left, and four pixels to the right.
 */
final class Vp8Plane {
    private static final int RIGHT = 4;

    final byte[] pixels;
    final int stride;
    private final int width;

    Vp8Plane(int width, int height) {
        this.width = width;
        stride = 1 + width + RIGHT;
        pixels = new byte[stride * (height + 1)];
        Arrays.fill(pixels, 0, stride, (byte) 127);
        for (int y = 1; y <= height; y++) {
            pixels[y * stride] = (byte) 129;
        }
    }

    int at(int x, int y) {
        return (y + 1) * stride + x + 1;
    }

    /** Repeats a row's last pixel to its right. */
    void extend(int y) {
        int end = at(width, y);
        Arrays.fill(pixels, end, end + RIGHT, pixels[end - 1]);
    }
}
