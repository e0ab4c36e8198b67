package dev.medzoo.training.report;

/**
 * An axis of a chart. It reaches at least from low to high, and as far as the points need.
 *
 * @param label with the unit
 * @param low value that must be on it, or infinite when only the points decide
 * @param high value that must be on it, or minus infinite
 * @param log whether equal ratios are equally long
 */
public record Axis(String label, double low, double high, boolean log) {

    /** As long as the points need. */
    public static Axis of(String label) {
        return between(label, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** As long as the points need, on a logarithmic scale. */
    public static Axis log(String label) {
        return new Axis(label, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, true);
    }

    /** With both values on it at least. */
    public static Axis between(String label, double low, double high) {
        return new Axis(label, low, high, false);
    }
}
