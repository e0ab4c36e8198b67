package dev.medzoo.training.report;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param name in the legend
 * @param points in the order of the line
 */
public record Series(String name, List<Point> points) {
    public Series {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("series: " + name + ": no points (expected: some)");
        }
    }
}
