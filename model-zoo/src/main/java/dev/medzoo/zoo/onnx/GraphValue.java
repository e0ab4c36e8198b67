package dev.medzoo.zoo.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is statically known of a value of a graph.
 *
 * @param type of its numbers
 * @param shape of it, each dimension 0 or more, together at most {@value #MOST_ELEMENTS} numbers
 * @param numbers row-major, if they are few integers that do not depend on a picture; else null
 */
record GraphValue(ElementType type, List<Long> shape, @Nullable List<Long> numbers) {
    /** Limit on the elements of one value: 256 MB as float32. */
    static final long MOST_ELEMENTS = 1L << 26;

    /** Most numbers that are remembered. */
    static final int MOST_KNOWN = 1024;

    private static final int MOST_DIMENSIONS = 8;

    GraphValue {
        shape = List.copyOf(shape);
        numbers = numbers == null ? null : List.copyOf(numbers);
    }

    /**
     * Creates a value. Numbers are kept only if there are few, and as many as the shape states.
     *
     * @throws IllegalArgumentException when a number is out of the type's range: the runtime would
     *     compute with another
     */
    static GraphValue of(ElementType type, List<Long> shape, @Nullable List<Long> numbers) {
        for (long each : numbers == null ? List.<Long>of() : numbers) {
            if (!type.holds(each)) {
                throw new IllegalArgumentException(
                        "number: %d (expected: one that is %s)".formatted(each, type));
            }
        }
        boolean fits =
                numbers != null
                        && numbers.size() <= MOST_KNOWN
                        && numbers.size() == elements(shape, "numbers");
        return new GraphValue(type, shape, fits ? numbers : null);
    }

    /** Creates a value whose numbers depend on the picture. */
    static GraphValue unknown(ElementType type, List<Long> shape) {
        return new GraphValue(type, shape, null);
    }

    /** Adds a dimension to a shape, and limits their number and size. */
    static void addDimension(List<Long> shape, long dimension, String where) {
        if (dimension < 0 || dimension > MOST_ELEMENTS) {
            throw new IllegalArgumentException(
                    "%s: dimension: %d (expected: 0..%d)"
                            .formatted(where, dimension, MOST_ELEMENTS));
        }
        if (shape.size() == MOST_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "%s: dimensions: more than %d (expected: at most %d)"
                            .formatted(where, MOST_DIMENSIONS, MOST_DIMENSIONS));
        }
        shape.add(dimension);
    }

    /**
     * Number of elements of a shape.
     *
     * @param where what has it, for messages
     * @throws IllegalArgumentException when they are too many, or a dimension is below 0
     */
    static long elements(List<Long> shape, String where) {
        long elements = 1;
        boolean isEmpty = shape.contains(0L);
        for (long each : shape) {
            boolean fits = each >= 0 && each <= MOST_ELEMENTS && shape.size() <= MOST_DIMENSIONS;
            if (!fits || (!isEmpty && elements * each > MOST_ELEMENTS)) {
                throw new IllegalArgumentException(
                        "%s: shape: %s (expected: at most %d dimensions and %d numbers)"
                                .formatted(where, shape, MOST_DIMENSIONS, MOST_ELEMENTS));
            }
            elements *= each;
        }
        return elements;
    }

    int rank() {
        return shape.size();
    }

    long dimension(int axis) {
        return shape.get(axis);
    }
}
