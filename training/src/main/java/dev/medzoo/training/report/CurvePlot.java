package dev.medzoo.training.report;

import java.util.List;

/** Curves in the unit square, one per label, with a legend below. */
final class CurvePlot {
    private static final double WIDTH = 480;
    private static final double LEFT = 64;
    private static final double TOP = 36;
    private static final double SIDE = WIDTH - LEFT - 20;
    private static final double BELOW = 52;

    private CurvePlot() {}

    /**
     * Draws them.
     *
     * @param names of the curves in the legend
     * @param isDiagonal whether to draw the diagonal
     */
    static String svg(
            String title,
            String x,
            String y,
            List<String> names,
            List<List<Point>> curves,
            boolean isDiagonal) {
        Legend legend = new Legend(names, SIDE);
        double below = TOP + SIDE + BELOW;
        Svg svg = new Svg(title, WIDTH, below + legend.height() + 8);
        Frame frame = new Frame(svg, LEFT, TOP, SIDE, SIDE, Scale.SHARE, Scale.SHARE);
        frame.axes(x, y);
        if (isDiagonal) {
            frame.diagonal();
        }
        for (int i = 0; i < curves.size(); i++) {
            frame.line(curves.get(i), 0, Palette.stroke(i));
        }
        legend.draw(svg, LEFT, below);
        return svg.end();
    }
}
