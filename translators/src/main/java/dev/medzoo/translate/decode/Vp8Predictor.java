package dev.medzoo.translate.decode;

import java.util.Arrays;

/**
 * Predicts the blocks of a lossy WebP from the pixels above and to the left (RFC 6386, section 12),
 * within a plane that has a border on these sides.
 */
final class Vp8Predictor {
    static final int DC = 0;
    static final int GRADIENT = 1;
    static final int ABOVE = 2;
    static final int LEFT = 3;

    private final byte[] pixels;
    private final int stride;

    /** Neighbours, from the lowest at the left, around the corner, to the eighth above. */
    private final int[] edge = new int[13];

    Vp8Predictor(byte[] pixels, int stride) {
        this.pixels = pixels;
        this.stride = stride;
    }

    /**
     * Predicts a square of 16 or 8 pixels, whose neighbours above or to the left may be missing.
     */
    void square(int mode, int at, int side, boolean hasAbove, boolean hasLeft) {
        switch (mode) {
            case DC -> fill(at, side, average(at, side, hasAbove, hasLeft));
            case GRADIENT -> gradient(at, side);
            case ABOVE -> {
                for (int y = 0; y < side; y++) {
                    System.arraycopy(pixels, at - stride, pixels, at + y * stride, side);
                }
            }
            default -> {
                for (int y = 0; y < side; y++) {
                    int row = at + y * stride;
                    Arrays.fill(pixels, row, row + side, pixels[row - 1]);
                }
            }
        }
    }

    private int average(int at, int side, boolean hasAbove, boolean hasLeft) {
        int sum = 0;
        int count = 0;
        for (int i = 0; hasAbove && i < side; i++, count++) {
            sum += pixels[at - stride + i] & 0xff;
        }
        for (int i = 0; hasLeft && i < side; i++, count++) {
            sum += pixels[at + i * stride - 1] & 0xff;
        }
        return count == 0 ? 128 : (sum + count / 2) / count;
    }

    private void fill(int at, int side, int value) {
        for (int y = 0; y < side; y++) {
            int row = at + y * stride;
            Arrays.fill(pixels, row, row + side, (byte) value);
        }
    }

    private void gradient(int at, int side) {
        int corner = pixels[at - stride - 1] & 0xff;
        for (int y = 0; y < side; y++) {
            int row = at + y * stride;
            int left = (pixels[row - 1] & 0xff) - corner;
            for (int x = 0; x < side; x++) {
                int value = left + (pixels[at - stride + x] & 0xff);
                pixels[row + x] = (byte) Math.max(0, Math.min(255, value));
            }
        }
    }

    /**
     * Predicts a block of 4 by 4 pixels.
     *
     * @param mode by the RFC's numbers
     * @param aboveRight where the four pixels above and to the right lie
     */
    void block(int mode, int at, int aboveRight) {
        for (int i = 0; i < 4; i++) {
            edge[i] = pixels[at + (3 - i) * stride - 1] & 0xff;
            edge[5 + i] = pixels[at - stride + i] & 0xff;
            edge[9 + i] = pixels[aboveRight + i] & 0xff;
        }
        edge[4] = pixels[at - stride - 1] & 0xff;
        switch (mode) {
            case DC -> fill(at, 4, average(at, 4, true, true));
            case GRADIENT -> gradient(at, 4);
            case ABOVE -> {
                for (int x = 0; x < 4; x++) {
                    byte value = three(5 + x);
                    for (int y = 0; y < 4; y++) {
                        put(at, x, y, value);
                    }
                }
            }
            case LEFT -> {
                for (int y = 0; y < 4; y++) {
                    // The lowest has no neighbour below and counts twice.
                    byte value = y == 3 ? ofThree(edge[1], edge[0], edge[0]) : three(3 - y);
                    int row = at + y * stride;
                    Arrays.fill(pixels, row, row + 4, value);
                }
            }
            case 4 -> leftDown(at);
            case 5 -> rightDown(at);
            case 6 -> verticalRight(at);
            case 7 -> verticalLeft(at);
            case 8 -> horizontalDown(at);
            default -> horizontalUp(at);
        }
    }

    private void leftDown(int at) {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                int i = 6 + x + y;
                put(at, x, y, i == 12 ? ofThree(edge[11], edge[12], edge[12]) : three(i));
            }
        }
    }

    private void rightDown(int at) {
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                put(at, x, y, three(4 + x - y));
            }
        }
    }

    private void verticalRight(int at) {
        for (int x = 0; x < 4; x++) {
            put(at, x, 0, two(4 + x));
            put(at, x, 1, three(4 + x));
        }
        put(at, 0, 2, three(3));
        put(at, 0, 3, three(2));
        for (int x = 1; x < 4; x++) {
            put(at, x, 2, two(3 + x));
            put(at, x, 3, three(3 + x));
        }
    }

    private void verticalLeft(int at) {
        for (int x = 0; x < 4; x++) {
            put(at, x, 0, two(5 + x));
            put(at, x, 1, three(6 + x));
        }
        for (int x = 0; x < 3; x++) {
            put(at, x, 2, two(6 + x));
            put(at, x, 3, three(7 + x));
        }
        put(at, 3, 2, three(10));
        put(at, 3, 3, three(11));
    }

    private void horizontalDown(int at) {
        for (int y = 0; y < 4; y++) {
            put(at, 0, y, two(3 - y));
            put(at, 1, y, three(4 - y));
        }
        put(at, 2, 0, three(5));
        put(at, 3, 0, three(6));
        for (int y = 1; y < 4; y++) {
            put(at, 2, y, two(4 - y));
            put(at, 3, y, three(5 - y));
        }
    }

    private void horizontalUp(int at) {
        byte last = (byte) edge[0];
        put(at, 0, 0, two(2));
        put(at, 1, 0, three(2));
        put(at, 2, 0, two(1));
        put(at, 3, 0, three(1));
        put(at, 0, 1, two(1));
        put(at, 1, 1, three(1));
        put(at, 2, 1, two(0));
        put(at, 3, 1, ofThree(edge[1], edge[0], edge[0]));
        put(at, 0, 2, two(0));
        put(at, 1, 2, ofThree(edge[1], edge[0], edge[0]));
        put(at, 2, 2, last);
        put(at, 3, 2, last);
        for (int x = 0; x < 4; x++) {
            put(at, x, 3, last);
        }
    }

    private void put(int at, int x, int y, byte value) {
        pixels[at + y * stride + x] = value;
    }

    /** Mean of two neighbouring edge pixels. */
    private byte two(int i) {
        return (byte) ((edge[i] + edge[i + 1] + 1) >> 1);
    }

    /** Mean of an edge pixel, weighted twice, and its two neighbours. */
    private byte three(int i) {
        return ofThree(edge[i - 1], edge[i], edge[i + 1]);
    }

    private static byte ofThree(int a, int b, int c) {
        return (byte) ((a + 2 * b + c + 2) >> 2);
    }
}
