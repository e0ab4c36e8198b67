package dev.medzoo.translate.decode;

/** How far a picture is going to be shrunk, so that no more of it is decoded than that needs. */
@FunctionalInterface
public interface DownscaleHint {
    /** Not at all. */
    DownscaleHint NONE = (width, height) -> 1;

    /**
     * How many pixels become one, in the direction in which they are fewer.
     *
     * @param width of the picture, upright, in pixels
     * @param height of the picture, upright, in pixels
     * @return below 1 where it grows
     */
    double pixelsForOne(int width, int height);
}
