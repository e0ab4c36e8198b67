package dev.medzoo.zoo.onnx;

/** Cost of one picture: elements of all values, and multiplications. */
final class ComputeCost {
    /** Limit on the elements of all values: 1 GB as float32 if nothing is freed. */
    private static final long MOST_ELEMENTS = 1L << 28;

    /** Limit on multiply-adds: six times those of ResNet-152. */
    private static final long MOST_WORK = 1L << 36;

    private long elements;
    private long work;

    /**
     * Counts a value.
     *
     * @param where node that outputs it, for messages
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
     * @param times factors whose product is their number
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
