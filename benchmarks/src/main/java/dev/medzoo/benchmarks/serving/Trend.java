package dev.medzoo.benchmarks.serving;

import java.util.List;
import java.util.Locale;

/**
 * A straight line through measurements by least squares.
 *
 * @param perHour its slope, in what was measured per hour
 * @param standardError of the slope, as if each measurement had an error of its own; memory does
 *     not, so the true one is larger
 */
record Trend(double perHour, double standardError) {
    /**
     * A value at a time.
     *
     * @param seconds since any one moment
     */
    record Point(double seconds, double value) {}

    /** Through these points; {@code NaN} when there are fewer than three. */
    static Trend through(List<Point> points) {
        double middle = points.stream().mapToDouble(Point::seconds).average().orElse(0);
        double mean = points.stream().mapToDouble(Point::value).average().orElse(0);
        double spread = 0;
        double together = 0;
        for (Point each : points) {
            double apart = each.seconds - middle;
            spread += apart * apart;
            together += apart * (each.value - mean);
        }
        double slope = points.size() < 3 ? Double.NaN : together / spread;
        double left = 0;
        for (Point each : points) {
            double error = each.value - mean - slope * (each.seconds - middle);
            left += error * error;
        }
        double standardError = Math.sqrt(left / (points.size() - 2) / spread);
        return new Trend(3600 * slope, 3600 * standardError);
    }

    @Override
    public String toString() {
        return Double.isNaN(perHour)
                ? "unknown"
                : String.format(Locale.ROOT, "%+.1f ± %.1f an hour", perHour, standardError);
    }
}
