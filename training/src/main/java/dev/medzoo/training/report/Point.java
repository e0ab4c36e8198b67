package dev.medzoo.training.report;

/**
 * A point of a chart with its interval.
 *
 * @param x where
 * @param y how much
 * @param low lower end of the interval of y
 * @param high upper end of it; both are y if there is none
 */
public record Point(double x, double y, double low, double high) {
    public Point {
        if (!Double.isFinite(x)
                || !Double.isFinite(y)
                || !Double.isFinite(low)
                || !Double.isFinite(high)) {
            throw new IllegalArgumentException(
                    "point: (%s, %s) in [%s, %s] (expected: finite)".formatted(x, y, low, high));
        }
        if (low > high) {
            throw new IllegalArgumentException(
                    "point: [%s, %s] (expected: low <= high)".formatted(low, high));
        }
    }

    /** A point without an interval. */
    public static Point of(double x, double y) {
        return new Point(x, y, y, y);
    }

    boolean hasInterval() {
        return low < high;
    }
}
