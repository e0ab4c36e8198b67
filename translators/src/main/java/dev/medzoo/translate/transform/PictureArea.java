package dev.medzoo.translate.transform;

/**
 * A rectangle in a picture, in pixels of the upright picture.
 *
 * @param x of its left edge, at least 0
 * @param y of its upper edge, at least 0
 * @param width above 0
 * @param height above 0
 */
public record PictureArea(double x, double y, double width, double height) {
    public PictureArea {
        if (!(x >= 0 && y >= 0 && width > 0 && height > 0)) {
            throw new IllegalArgumentException(
                    "area: %sx%s at (%s, %s) (expected: above 0, from 0)"
                            .formatted(width, height, x, y));
        }
    }
}
