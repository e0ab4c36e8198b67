package dev.medzoo.training.report;

import java.util.List;

/** The legend below a chart, in as many columns as fit. */
final class Legend {
    private static final double ROW = 20;
    private static final double SAMPLE = 34;

    private final List<String> names;
    private final double column;
    private final int columns;

    Legend(List<String> names, double width) {
        this.names = names;
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        double needed = SAMPLE + 20 + longest * Svg.CHARACTER;
        columns = (int) Math.max(1, Math.min(names.size(), width / needed));
        column = width / columns;
    }

    double height() {
        return ROW * Math.ceil((double) names.size() / columns);
    }

    void draw(Svg svg, double left, double top) {
        for (int i = 0; i < names.size(); i++) {
            double x = left + column * (i % columns);
            int row = i / columns;
            double y = top + ROW * row + ROW / 2;
            svg.line(x, y, x + SAMPLE, y, Palette.stroke(i));
            svg.text(x + SAMPLE + 8, y + 4, "start", names.get(i));
        }
    }
}
