package dev.medzoo.training.report;

import java.util.List;

/** The plot area of a drawing, with its grid and axes. */
final class Frame {
    private static final double TICK_LABEL = 6;

    private final Svg svg;
    private final double left;
    private final double top;
    private final double width;
    private final double height;
    private final Scale x;
    private final Scale y;

    Frame(Svg svg, double left, double top, double width, double height, Scale x, Scale y) {
        this.svg = svg;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        this.x = x;
        this.y = y;
    }

    /** Draws the grid, the ticks and the axis labels. */
    void axes(String xLabel, String yLabel) {
        for (double tick : x.ticks()) {
            svg.line(x(tick), top, x(tick), top + height, Palette.plain(Svg.GRID, 1));
            svg.text(x(tick), top + height + 16, "middle", x.label(tick));
        }
        for (double tick : y.ticks()) {
            svg.line(left, y(tick), left + width, y(tick), Palette.plain(Svg.GRID, 1));
            svg.text(left - TICK_LABEL, y(tick) + 4, "end", y.label(tick));
        }
        svg.rectangle(left, top, width, height, "fill=\"none\" " + Palette.plain(Svg.INK, 1), "");
        svg.text(left + width / 2, top + height + 36, "middle", xLabel);
        svg.text(left - 44, top + height / 2, "middle", Svg.INK, -90, yLabel);
    }

    double x(double value) {
        return left + width * x.at(value);
    }

    double y(double value) {
        return top + height * (1 - y.at(value));
    }

    /** Draws the diagonal in grey. */
    void diagonal() {
        svg.line(left, top + height, left + width, top, Palette.plain("#999999", 1));
    }

    /** A line through points. */
    void line(List<Point> points, double shift, String style) {
        svg.path(
                points.stream().map(point -> at(point.x(), point.y(), shift)).toList(),
                false,
                style);
    }

    /** Position of a point in the drawing. */
    double[] at(double xValue, double yValue, double shift) {
        return new double[] {x(xValue) + shift, y(yValue)};
    }
}
