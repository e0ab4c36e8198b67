package dev.medzoo.batch.slide;

/**
 * One level of a slide's pyramid: the same picture at one scale, cut into tiles.
 *
 * @param width of the picture, in pixels of this level
 * @param height of the picture, in pixels of this level
 * @param tileWidth in pixels; the last column's tiles may reach beyond the picture
 * @param tileHeight in pixels
 * @param downsample how many pixels of the finest level one of this level stands for, each way; at
 *     least 1
 */
public record SlideLevel(
        long width, long height, int tileWidth, int tileHeight, double downsample) {
    public SlideLevel {
        if (width < 1 || height < 1 || tileWidth < 1 || tileHeight < 1 || !(downsample > 0)) {
            throw new IllegalArgumentException(
                    "level: %dx%d pixels in tiles of %dx%d, reduced %s times (expected: all > 0)"
                            .formatted(width, height, tileWidth, tileHeight, downsample));
        }
    }

    /** Tiles in a row. */
    public int columns() {
        return Math.toIntExact((width + tileWidth - 1) / tileWidth);
    }

    /** Tiles in a column. */
    public int rows() {
        return Math.toIntExact((height + tileHeight - 1) / tileHeight);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
