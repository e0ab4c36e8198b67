package dev.medzoo.zoo.onnx;

/** What one picture costs: numbers of all values, and multiplications. */
final class ComputeCost {
    /** Numbers of all values together: 1 GB as float32, if none of it was ever freed. */
    private static final long MOST_ELEMENTS = 1L << 28;

    /** Multiplications and additions: six times those of a residual network of 152 layers. */
    private static final long MOST_WORK = 1L << 36;

    private long elements;
    private long work;

    /**
     * Counts a value.
     *
     * @param where what puts it out, for messages
     */
    void value(GraphValue value, String where) {
        elements += GraphValue.elements(value.shape(), where);
        if (elements > MOST_ELEMENTS) {
            throw new IllegalArgumentException(
                    "%s: all values so far: %d numbers (expected: at most %d)"
                            .formatted(where, elements, MOST_ELEMENTS));
        }
    }

    /**
     * Counts multiplications.
     *
     * @param times factors of how many
     */
    void work(String where, long... times) {
        double many = 1;
        for (long each : times) {
            many *= each;
        }
        if (!(work + many <= MOST_WORK)) {
            throw new IllegalArgumentException(
                    "%s: multiplications so far: %.0f (expected: at most %d)"
                            .formatted(where, work + many, MOST_WORK));
        }
        work += (long) many;
    }
}
