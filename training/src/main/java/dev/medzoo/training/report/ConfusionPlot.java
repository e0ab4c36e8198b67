package dev.medzoo.training.report;

import dev.medzoo.zoo.measure.ConfusionMatrix;
import java.util.List;

/**
 * A confusion matrix as a heat map: one row per true label; darker cells are larger shares of the
 * row.
 */
public final class ConfusionPlot {
    private static final double CELL_WIDTH = 62;
    private static final double CELL_HEIGHT = 44;
    private static final double TOP = 36;
    private static final int LONGEST = 24;

    /** Share from which white text is more legible than dark text. */
    private static final double DARK = 0.85;

    private ConfusionPlot() {}

    /**
     * Draws counts and shares of their row.
     *
     * @param labels in the order of the matrix
     */
    public static String svg(ConfusionMatrix matrix, List<String> labels) {
        int longest = labels.stream().mapToInt(label -> brief(label).length()).max().orElse(0);
        double left = 40 + longest * Svg.CHARACTER;
        double right = Math.max(24, longest * Svg.CHARACTER * 0.75 - CELL_WIDTH / 2);
        double bottom = TOP + labels.size() * CELL_HEIGHT;
        double below = 44 + longest * Svg.CHARACTER * 0.75;
        double width = Math.max(320, left + labels.size() * CELL_WIDTH + right);
        Svg svg = new Svg("Confusion matrix", width, bottom + below);
        for (int row = 0; row < labels.size(); row++) {
            double middle = TOP + (row + 0.5) * CELL_HEIGHT;
            svg.text(left - 8, middle + 4, "end", brief(labels.get(row)));
            for (int column = 0; column < labels.size(); column++) {
                drawCell(svg, matrix, labels, left, row, column);
            }
        }
        for (int column = 0; column < labels.size(); column++) {
            double middle = left + (column + 0.5) * CELL_WIDTH;
            svg.text(middle - 4, bottom + 16, "start", Svg.INK, 40, brief(labels.get(column)));
        }
        svg.text(16, (TOP + bottom) / 2, "middle", Svg.INK, -90, "true label");
        svg.text(left + labels.size() * CELL_WIDTH / 2, bottom + below - 8, "middle", "named");
        return svg.end();
    }

    private static void drawCell(
            Svg svg,
            ConfusionMatrix matrix,
            List<String> labels,
            double left,
            int row,
            int column) {
        int count = matrix.rows().get(row).get(column);
        int all = matrix.pictures(row);
        double share = all == 0 ? 0 : (double) count / all;
        double x = left + column * CELL_WIDTH;
        double y = TOP + row * CELL_HEIGHT;
        svg.rectangle(
                x,
                y,
                CELL_WIDTH,
                CELL_HEIGHT,
                "fill=\"%s\" %s".formatted(shade(share), Palette.plain(Svg.GRID, 1)),
                "%s predicted as %s: %d of %d"
                        .formatted(labels.get(row), labels.get(column), count, all));
        String ink = share > DARK ? "#ffffff" : Svg.INK;
        double middle = x + CELL_WIDTH / 2;
        svg.text(middle, y + 19, "middle", ink, 0, String.valueOf(count));
        svg.text(middle, y + 35, "middle", ink, 0, Math.round(100 * share) + " %");
    }

    /** A shade between white and the palette's blue. */
    private static String shade(double share) {
        return "#%02x%02x%02x"
                .formatted(
                        Math.round(255 - share * 255),
                        Math.round(255 - share * (255 - 0x72)),
                        Math.round(255 - share * (255 - 0xb2)));
    }

    private static String brief(String label) {
        return label.length() <= LONGEST ? label : label.substring(0, LONGEST - 1) + "…";
    }
}
