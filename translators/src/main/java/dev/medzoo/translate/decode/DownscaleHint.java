package dev.medzoo.translate.decode;

/** How far a picture will be shrunk after decoding, so that a decoder may decode at lower size. */
@FunctionalInterface
public interface DownscaleHint {
    /** No shrinking. */
    DownscaleHint NONE = (width, height) -> 1;

    /**
     * How many pixels become one, in the direction of the smaller ratio.
     *
     * @param width of the picture, upright, in pixels
     * @param height of the picture, upright, in pixels
     * @return below 1 if the picture is enlarged
     */
    double pixelsForOne(int width, int height);
}
