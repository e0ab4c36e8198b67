package dev.medzoo.training.study;

import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.report.Axis;
import dev.medzoo.training.report.ConfusionPlot;
import dev.medzoo.training.report.LineChart;
import dev.medzoo.training.report.Point;
import dev.medzoo.training.report.Series;
import dev.medzoo.training.study.StudyPlan.Arm;
import dev.medzoo.training.study.TaskRuns.Cell;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.measure.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of a task: SVG files below {@code figures}, and the lines that show them. */
final class StudyFigures {
    private static final Series DIAGONAL =
            new Series("as sure as right", List.of(Point.of(0, 0), Point.of(1, 1)));
    private static final Axis MACRO_F1 = Axis.of("macro-F1 on val");

    private final TaskRuns runs;
    private final Path out;
    private final StringBuilder text = new StringBuilder();

    StudyFigures(TaskRuns runs, Path out) {
        this.runs = runs;
        this.out = out;
    }

    /** Draws what there is to draw of one protocol. */
    String write(Results of) throws IOException {
        text.setLength(0);
        List<Double> shares = of.shares();
        double fewest = shares.get(0);
        double most = shares.get(shares.size() - 1);
        List<Cell> last = of.cells().stream().filter(cell -> cell.share() == most).toList();
        if (fewest < most) {
            line(show(of, "labels", labelEfficiency(of)));
            line(show(of, "steps-" + StudyRunId.percent(fewest), learning(of, fewest)));
        }
        line(show(of, "steps-" + StudyRunId.percent(most), learning(of, most)));
        line(show(of, "roc", roc(of, last)));
        line(show(of, "reliability", reliability(of, last)));
        line("");
        confusions(of, last);
        return text.toString();
    }

    /** Side by side, an arm a column; the seeds are added up. */
    private void confusions(Results of, List<Cell> cells) throws IOException {
        StringBuilder names = new StringBuilder("|");
        StringBuilder rule = new StringBuilder("|");
        StringBuilder pictures = new StringBuilder("|");
        for (Cell cell : cells) {
            Scores pooled = pooled(of, cell);
            ConfusionMatrix matrix = Measures.confusion(pooled, Measures.all(pooled));
            String svg = ConfusionPlot.svg(matrix, runs.labels());
            names.append(" %s, %d seeds |".formatted(cell.arm().name(), of.verdicts(cell).size()));
            rule.append("---|");
            pictures.append(' ')
                    .append(show(of, "confusion-" + cell.arm().name(), svg))
                    .append(" |");
        }
        line(names.toString());
        line(rule.toString());
        line(pictures.toString());
        line("");
    }

    private String show(Results of, String name, String svg) throws IOException {
        String prefix =
                switch (of.protocol()) {
                    case FIXED_SPLIT -> "";
                    case CROSS_VALIDATION -> "folds-";
                    case LEAKY_SPLIT -> "leak-";
                };
        String file = "figures/%s-%s%s.svg".formatted(runs.task().name(), prefix, name);
        StudyRunResult.replace(out.resolve(file), svg);
        return "![%s](%s)".formatted(runs.task().name() + ", " + name, file);
    }

    private String labelEfficiency(Results of) {
        Measure measure = of.measures().get(0);
        List<Series> lines = new ArrayList<>();
        for (Arm arm : runs.task().arms()) {
            List<Point> points = new ArrayList<>();
            for (Cell cell : of.cells()) {
                if (cell.arm().equals(arm)) {
                    points.add(point(100 * cell.share(), of.mean(cell, measure).interval()));
                }
            }
            add(lines, arm.name(), points);
        }
        return new LineChart(
                        title(of, "few labels and many"),
                        Axis.log("labels, %"),
                        Axis.of(measure.title().replace("`", "")),
                        lines,
                        LineChart.Interval.BAR)
                .svg();
    }

    /** What the leak adds to the first measure, by share of the labels. */
    String leak(Leak leak) throws IOException {
        Measure measure = leak.leaky().measures().get(0);
        List<Series> lines = new ArrayList<>();
        for (Arm arm : runs.task().arms()) {
            List<Point> points = new ArrayList<>();
            for (Cell cell : leak.cells()) {
                if (cell.arm().equals(arm)) {
                    Estimate added = leak.added(cell, measure).difference();
                    points.add(point(100 * cell.share(), added));
                }
            }
            add(lines, arm.name(), points);
        }
        String title = measure.title().replace("`", "");
        String svg =
                new LineChart(
                                title(leak.leaky(), "what it adds to " + title),
                                Axis.log("labels, %"),
                                Axis.between(title + ", leaky less fixed", 0, 0),
                                lines,
                                LineChart.Interval.BAR)
                        .svg();
        return show(leak.leaky(), "adds", svg) + "\n\n";
    }

    private static Point point(double x, Estimate of) {
        return Double.isFinite(of.low()) && Double.isFinite(of.high())
                ? new Point(x, of.value(), of.low(), of.high())
                : Point.of(x, of.value());
    }

    /** Macro-F1 on {@code val} by step, the mean of all runs of an arm. */
    private String learning(Results of, double share) {
        List<Series> lines = new ArrayList<>();
        for (Arm arm : runs.task().arms()) {
            List<List<StudyRunResult.Point>> curves =
                    runs.of(new Cell(arm, share), of.protocol()).values().stream()
                            .flatMap(Collection::stream)
                            .map(StudyRunResult::curve)
                            .toList();
            int points = curves.stream().mapToInt(List::size).min().orElse(0);
            add(
                    lines,
                    arm.name(),
                    IntStream.range(0, points).mapToObj(point -> mean(curves, point)).toList());
        }
        String title = title(of, "learning from " + StudyRunId.percent(share) + " % of the labels");
        return chart(title, Axis.of("step"), MACRO_F1, lines);
    }

    private static Point mean(List<List<StudyRunResult.Point>> curves, int point) {
        double macroF1 =
                curves.stream().mapToDouble(of -> of.get(point).macroF1()).average().orElse(0);
        return Point.of(curves.get(0).get(point).step(), macroF1);
    }

    private static String roc(Results of, List<Cell> cells) {
        List<Series> lines = new ArrayList<>();
        for (Cell cell : cells) {
            List<Scores> seeds =
                    of.verdicts(cell).values().stream().map(SeedPredictions::pictures).toList();
            add(lines, cell.arm().name(), Curves.roc(seeds));
        }
        return chart(
                title(of, "ROC, each class against the rest"),
                Axis.between("share of the others taken for it", 0, 1),
                Axis.between("share found", 0, 1),
                lines);
    }

    private static String reliability(Results of, List<Cell> cells) {
        List<Series> lines = new ArrayList<>();
        for (Cell cell : cells) {
            add(lines, cell.arm().name(), Curves.reliability(pooled(of, cell)));
        }
        lines.add(DIAGONAL);
        return chart(
                title(of, "reliability after calibration"),
                Axis.between("mean confidence", 0, 1),
                Axis.between("share of right names", 0, 1),
                lines);
    }

    private static String chart(String title, Axis x, Axis y, List<Series> lines) {
        return new LineChart(title, x, y, lines, LineChart.Interval.BAND).svg();
    }

    private static Scores pooled(Results of, Cell cell) {
        return SeedPredictions.pool(
                of.verdicts(cell).values().stream().map(SeedPredictions::pictures).toList());
    }

    private static void add(List<Series> lines, String name, List<Point> points) {
        if (!points.isEmpty()) {
            lines.add(new Series(name, points));
        }
    }

    private static String title(Results of, String what) {
        return "%s, %s: %s".formatted(of.task().name(), of.protocol().title(), what);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
