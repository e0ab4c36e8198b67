package dev.medzoo.zoo.onnx;

/**
 * Observed range of a value of a network. In 8 bits, 256 levels from the least to the most
 * represent it. 0 is always exactly a level, and numbers outside are clamped.
 *
 * @param least of them
 * @param most of them
 */
public record ValueRange(float least, float most) {
    private static final int LEVELS = 255;

    public ValueRange {
        if (!(least <= most) || Float.isInfinite(least) || Float.isInfinite(most)) {
            throw new IllegalArgumentException(
                    "range: %s to %s (expected: finite, the least first)".formatted(least, most));
        }
    }

    /** Quantization step. */
    float scale() {
        float width = Math.max(0, most) - Math.min(0, least);
        return width == 0 ? 1 : width / LEVELS;
    }

    /** Zero point, in 0..255. */
    int zero() {
        return Math.min(LEVELS, Math.round(-Math.min(0, least) / scale()));
    }
}
