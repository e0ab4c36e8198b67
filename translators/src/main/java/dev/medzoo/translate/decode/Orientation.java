package dev.medzoo.translate.decode;

/** The eight EXIF orientations. */
public final class Orientation {
    /** Upright; unknown numbers mean the same. */
    public static final int UPRIGHT = 1;

    /** Side of the tiles that are rotated one by one, so that their rows stay in the cache. */
    private static final int BLOCK = 32;

    private Orientation() {}

    /**
     * Rotates and mirrors a picture by its EXIF orientation.
     *
     * @param orientation 1 to 8
     */
    public static RgbPicture upright(RgbPicture picture, int orientation) {
        if (orientation == UPRIGHT) {
            return picture;
        }
        int w = picture.width();
        int last = w * picture.height() - 1;
        int bottomLeft = last - (w - 1);
        // Each case: first pixel, step right, step down.
        return switch (orientation) {
            case 2 -> turn(picture, false, w - 1, -1, w);
            case 3 -> turn(picture, false, last, -1, -w);
            case 4 -> turn(picture, false, bottomLeft, 1, -w);
            case 5 -> turn(picture, true, 0, w, 1);
            case 6 -> turn(picture, true, bottomLeft, -w, 1);
            case 7 -> turn(picture, true, last, -w, -1);
            case 8 -> turn(picture, true, w - 1, w, -1);
            default ->
                    throw new IllegalArgumentException(
                            "orientation: " + orientation + " (expected: 1..8)");
        };
    }

    /** Whether rows become columns. */
    static boolean isTransposed(int orientation) {
        return orientation >= 5;
    }

    /** Whether the picture, once transposed if need be, is mirrored left to right. */
    static boolean isMirroredAcross(int orientation) {
        return orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    }

    /** Whether the picture, once transposed if need be, is mirrored top to bottom. */
    static boolean isMirroredDown(int orientation) {
        return orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    }

    private static RgbPicture turn(
            RgbPicture picture, boolean transposed, int first, int right, int down) {
        int width = transposed ? picture.height() : picture.width();
        int height = transposed ? picture.width() : picture.height();
        byte[] in = picture.rgb();
        byte[] out = new byte[in.length];
        for (int y0 = 0; y0 < height; y0 += BLOCK) {
            for (int x0 = 0; x0 < width; x0 += BLOCK) {
                int endX = Math.min(width, x0 + BLOCK);
                for (int y = y0; y < Math.min(height, y0 + BLOCK); y++) {
                    int from = 3 * (first + y * down + x0 * right);
                    int to = 3 * (y * width + x0);
                    for (int x = x0; x < endX; x++, from += 3 * right) {
                        out[to++] = in[from];
                        out[to++] = in[from + 1];
                        out[to++] = in[from + 2];
                    }
                }
            }
        }
        return new RgbPicture(width, height, out);
    }
}
