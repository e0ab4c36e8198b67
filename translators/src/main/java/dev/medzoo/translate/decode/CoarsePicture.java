package dev.medzoo.translate.decode;

/**
 * Pixels that may stand for more: a picture that was decoded at a half, a quarter or an eighth of
 * its size. The pixels of its last row and column may reach beyond the picture.
 *
 * @param pixels that were decoded
 * @param across which part of a row of them is the picture
 * @param down which part of a column
 * @param width of the picture in its own pixels
 * @param height of the picture in its own pixels
 */
public record CoarsePicture(RgbPicture pixels, Span across, Span down, int width, int height) {
    /**
     * A row or column of pixels, and which part of it is the picture.
     *
     * @param pixels in all
     * @param from where the picture begins, in pixels
     * @param length of the picture, in pixels
     */
    public record Span(int pixels, double from, double length) {
        /** All of so many pixels. */
        static Span of(int pixels) {
            return new Span(pixels, 0, pixels);
        }

        /** Whether all of it is the picture, in so many pixels. */
        public boolean isWhole(int size) {
            return pixels == size && from == 0 && length == size;
        }

        private Span mirrored() {
            return new Span(pixels, pixels - from - length, length);
        }
    }

    /** One that stands for itself. */
    public static CoarsePicture of(RgbPicture picture) {
        int width = picture.width();
        int height = picture.height();
        return new CoarsePicture(picture, Span.of(width), Span.of(height), width, height);
    }

    /**
     * One that was decoded at a part of its size.
     *
     * @param scale how many of its own pixels one stands for, each way
     * @param width of the picture in its own pixels
     * @param height of the picture in its own pixels
     */
    static CoarsePicture of(RgbPicture pixels, int scale, int width, int height) {
        return new CoarsePicture(
                pixels,
                new Span(pixels.width(), 0, (double) width / scale),
                new Span(pixels.height(), 0, (double) height / scale),
                width,
                height);
    }

    /** Turned and mirrored as {@link Orientation#upright}. */
    CoarsePicture upright(int orientation) {
        boolean isTransposed = Orientation.isTransposed(orientation);
        Span right = isTransposed ? down : across;
        Span below = isTransposed ? across : down;
        return new CoarsePicture(
                Orientation.upright(pixels, orientation),
                Orientation.isMirroredAcross(orientation) ? right.mirrored() : right,
                Orientation.isMirroredDown(orientation) ? below.mirrored() : below,
                isTransposed ? height : width,
                isTransposed ? width : height);
    }
}
