package dev.medzoo.training.report;

/**
 * An axis of a chart. It covers low to high and all points.
 *
 * @param label with the unit
 * @param low value that must be on it, or infinite if only the points decide
 * @param high value that must be on it, or minus infinite
 * @param log whether the scale is logarithmic
 */
public record Axis(String label, double low, double high, boolean log) {

    /** Covers the points. */
    public static Axis of(String label) {
        return between(label, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    /** Covers the points on a logarithmic scale. */
    public static Axis log(String label) {
        return new Axis(label, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, true);
    }

    /** Covers both values and the points. */
    public static Axis between(String label, double low, double high) {
        return new Axis(label, low, high, false);
    }
}
