package dev.medzoo.training.report;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param name as the legend says it
 * @param points in the order that the line goes through them
 */
public record Series(String name, List<Point> points) {
    public Series {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("series: " + name + ": no points (expected: some)");
        }
    }
}
