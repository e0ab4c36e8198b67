package dev.medzoo.translate.transform;

/**
 * The size of a network's input or of a picture.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record InputSize(int width, int height) {
    public InputSize {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException(
                    "input size: " + width + "x" + height + " (expected: both > 0)");
        }
    }

    /** A square of the given side, in pixels. */
    public static InputSize square(int side) {
        return new InputSize(side, side);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
