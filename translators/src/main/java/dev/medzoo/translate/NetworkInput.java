package dev.medzoo.translate;

import java.util.Arrays;

/**
 * What a network is given for one picture: float32 (3, height, width), RGB, normalised as its
 * {@link Transform} says. The array is not copied: who builds one hands it over.
 */
public final class NetworkInput {
    private final InputSize size;
    private final float[] values;

    /**
     * @param size of the picture as the network sees it
     * @param values {@code 3 * width * height} finite numbers, channel by channel, row by row
     */
    public NetworkInput(InputSize size, float[] values) {
        int expected = 3 * size.width() * size.height();
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "input: %d numbers (expected: 3x%dx%d = %d)"
                            .formatted(values.length, size.height(), size.width(), expected));
        }
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "input: %s at %d (expected: a finite number)".formatted(values[i], i));
            }
        }
        this.size = size;
        this.values = values;
    }

    /** In pixels. */
    public InputSize size() {
        return size;
    }

    /** The numbers themselves, not a copy. */
    float[] values() {
        return values;
    }

    @Override
    public String toString() {
        return "input of %s, hash %08x".formatted(size, Arrays.hashCode(values));
    }
}
