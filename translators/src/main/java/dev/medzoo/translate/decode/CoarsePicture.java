package dev.medzoo.translate.decode;

/**
 * A picture that may have been decoded at a half, a quarter or an eighth of its size. Its last row
 * and column may reach beyond the picture's edge.
 *
 * @param pixels that were decoded
 * @param across extent of the picture along a row of pixels
 * @param down extent of the picture along a column
 * @param width of the picture in its own pixels
 * @param height of the picture in its own pixels
 */
public record CoarsePicture(RgbPicture pixels, Span across, Span down, int width, int height) {
    /**
     * The extent of the picture along a row or column of decoded pixels.
     *
     * @param pixels number of decoded pixels
     * @param from offset of the picture, in pixels
     * @param length of the picture, in pixels
     */
    public record Span(int pixels, double from, double length) {
        /** The full extent of so many pixels. */
        static Span of(int pixels) {
            return new Span(pixels, 0, pixels);
        }

        /** Whether the picture fills it, with so many pixels. */
        public boolean isFilled(int size) {
            return pixels == size && from == 0 && length == size;
        }

        private Span mirrored() {
            return new Span(pixels, pixels - from - length, length);
        }
    }

    /** A picture decoded at its full size. */
    public static CoarsePicture of(RgbPicture picture) {
        int width = picture.width();
        int height = picture.height();
        return new CoarsePicture(picture, Span.of(width), Span.of(height), width, height);
    }

    /**
     * A picture decoded at a fraction of its size.
     *
     * @param scale how many original pixels one decoded pixel covers, each way
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

    /** Rotates and mirrors it as {@link Orientation#upright} does. */
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
