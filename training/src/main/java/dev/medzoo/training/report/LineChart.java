package dev.medzoo.training.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A line chart, such as of learning curves, with 95 % intervals.
 *
 * @param title of the chart
 * @param x axis along the bottom
 * @param y axis up the side
 * @param series at least one
 * @param interval style of the points' intervals
 */
public record LineChart(String title, Axis x, Axis y, List<Series> series, Interval interval) {
    private static final double WIDTH = 640;
    private static final double LEFT = 64;
    private static final double TOP = 36;
    private static final double PLOT_WIDTH = WIDTH - LEFT - 20;
    private static final double PLOT_HEIGHT = 280;
    private static final double BELOW = 52;

    /** Lines with more points are drawn without dots. */
    private static final int DOTS = 60;

    /** Offset in pixels between the error bars of two series, so that they do not overlap. */
    private static final double SHIFT = 5;

    /** Style of intervals. */
    public enum Interval {
        /** A shaded band around the line. */
        BAND,
        /** A bar through each point. */
        BAR
    }

    public LineChart {
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException(
                    "chart: " + title + ": no series (expected: at least one)");
        }
    }

    /** Draws the chart. */
    public String svg() {
        Legend legend = new Legend(series.stream().map(Series::name).toList(), PLOT_WIDTH);
        double below = TOP + PLOT_HEIGHT + BELOW;
        Svg svg = new Svg(title, WIDTH, below + legend.height() + 8);
        Frame frame =
                new Frame(
                        svg,
                        LEFT,
                        TOP,
                        PLOT_WIDTH,
                        PLOT_HEIGHT,
                        Scale.of(x, points().mapToDouble(Point::x).toArray()),
                        Scale.of(
                                y,
                                points().flatMapToDouble(
                                                point ->
                                                        DoubleStream.of(
                                                                point.y(),
                                                                point.low(),
                                                                point.high()))
                                        .toArray()));
        frame.axes(x.label(), y.label());
        for (int i = 0; i < series.size(); i++) {
            intervals(svg, frame, i);
        }
        for (int i = 0; i < series.size(); i++) {
            frame.line(series.get(i).points(), shift(i), Palette.stroke(i));
            dots(svg, frame, i);
        }
        legend.draw(svg, LEFT, below);
        return svg.end();
    }

    private Stream<Point> points() {
        return series.stream().flatMap(each -> each.points().stream());
    }

    private double shift(int of) {
        return interval == Interval.BAR ? SHIFT * (of - (series.size() - 1) / 2.0) : 0;
    }

    private void intervals(Svg svg, Frame frame, int of) {
        List<Point> points = series.get(of).points();
        if (points.stream().noneMatch(Point::hasInterval)) {
            return;
        }
        if (interval == Interval.BAR) {
            points.forEach(point -> bar(svg, frame, point, of));
            return;
        }
        List<double[]> outline = new ArrayList<>();
        points.forEach(point -> outline.add(frame.at(point.x(), point.low(), 0)));
        Collections.reverse(outline);
        List<double[]> around = new ArrayList<>();
        points.forEach(point -> around.add(frame.at(point.x(), point.high(), 0)));
        around.addAll(outline);
        svg.path(around, true, "fill=\"%s\" fill-opacity=\"0.2\"".formatted(Palette.colour(of)));
    }

    private void bar(Svg svg, Frame frame, Point point, int of) {
        if (!point.hasInterval()) {
            return;
        }
        double x = frame.x(point.x()) + shift(of);
        double low = frame.y(point.low());
        double high = frame.y(point.high());
        String style = Palette.plain(Palette.colour(of), 1.5);
        svg.line(x, low, x, high, style);
        svg.line(x - 3, low, x + 3, low, style);
        svg.line(x - 3, high, x + 3, high, style);
    }

    private void dots(Svg svg, Frame frame, int of) {
        Series line = series.get(of);
        if (line.points().size() > DOTS) {
            return;
        }
        for (Point point : line.points()) {
            double[] at = frame.at(point.x(), point.y(), shift(of));
            svg.dot(at[0], at[1], Palette.colour(of), hint(line.name(), point));
        }
    }

    private static String hint(String name, Point point) {
        String interval =
                point.hasInterval()
                        ? " [%s, %s]".formatted(Digits.four(point.low()), Digits.four(point.high()))
                        : "";
        return "%s: %s at %s%s"
                .formatted(name, Digits.four(point.y()), Digits.four(point.x()), interval);
    }
}
