package dev.medzoo.benchmarks.pictures;

/**
 * A size of about so many pixels.
 *
 * @param name for the picture's name
 * @param width in pixels
 * @param height in pixels
 */
record Shape(String name, int width, int height) {
    static Shape square(long pixels) {
        int side = (int) Math.sqrt((double) pixels);
        return new Shape("square", side, side);
    }

    /** As wide as 16 bits allow. */
    static Shape wide(long pixels) {
        int width = (int) Math.min(65_500, pixels / 16);
        return new Shape("wide", width, (int) (pixels / width));
    }

    static Shape tall(long pixels) {
        Shape turned = wide(pixels);
        int width = turned.height();
        int height = turned.width();
        return new Shape("tall", width, height);
    }

    long pixels() {
        return (long) width * height;
    }
}
