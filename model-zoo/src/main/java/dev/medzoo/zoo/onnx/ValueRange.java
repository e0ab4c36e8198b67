package dev.medzoo.zoo.onnx;

/**
 * The numbers that a value of a network takes, as far as was seen. With 8 bits, 256 numbers from
 * the least to the most stand for all; 0 is always one of them, and what lies outside becomes the
 * nearest end.
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

    /** What one level stands for. */
    float scale() {
        float width = Math.max(0, most) - Math.min(0, least);
        return width == 0 ? 1 : width / LEVELS;
    }

    /** The level that stands for 0, in 0..255. */
    int zero() {
        return Math.min(LEVELS, Math.round(-Math.min(0, least) / scale()));
    }
}
