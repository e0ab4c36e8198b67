package dev.medzoo.training;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.report.Axis;
import dev.medzoo.training.report.LineChart;
import dev.medzoo.training.report.LineChart.Interval;
import dev.medzoo.training.report.Point;
import dev.medzoo.training.report.Report;
import dev.medzoo.training.report.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The learning curve of a training run, kept beside its report so that a later evaluation's report
 * can show it too.
 *
 * @param recipe the text of the run's recipe
 * @param rounds the lines of the curve
 */
record TrainingCurve(String recipe, List<RoundReport> rounds) {
    private static final String FILE = "curve.json";
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    TrainingCurve {
        rounds = List.copyOf(rounds);
    }

    /** Reads the curve beside a candidate; empty if absent or of another recipe. */
    static TrainingCurve of(Path candidate, String recipe) throws IOException {
        Path file = file(candidate);
        if (Files.exists(file)) {
            TrainingCurve curve = JSON.readValue(Files.readAllBytes(file), TrainingCurve.class);
            if (curve.recipe.equals(recipe)) {
                return curve;
            }
        }
        return new TrainingCurve(recipe, List.of());
    }

    void write(Path candidate) throws IOException {
        Path file = file(candidate);
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.write(fresh, JSON.writeValueAsBytes(this));
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path file(Path candidate) {
        return Report.path(candidate, Training.REPORT).resolveSibling(FILE);
    }

    /**
     * Charts of loss and figures on {@code val} by step; values that are not finite are left out.
     */
    List<LineChart> charts() {
        List<LineChart> charts = new ArrayList<>();
        List<Series> loss = new ArrayList<>();
        add(loss, "training loss", RoundReport::loss);
        List<Series> val = new ArrayList<>();
        add(val, "macro-F1", RoundReport::macroF1);
        add(val, "balanced accuracy", RoundReport::balancedAccuracy);
        add(val, "accuracy", RoundReport::accuracy);
        add(charts, "Training loss", Axis.of("mean loss, nats"), loss);
        add(charts, "Figures on val", Axis.between("share", 0, 1), val);
        return charts;
    }

    private void add(List<Series> to, String name, ToDoubleFunction<RoundReport> figure) {
        List<Point> points =
                rounds.stream()
                        .filter(round -> Double.isFinite(figure.applyAsDouble(round)))
                        .map(round -> Point.of(round.step(), figure.applyAsDouble(round)))
                        .toList();
        if (!points.isEmpty()) {
            to.add(new Series(name, points));
        }
    }

    private static void add(List<LineChart> to, String title, Axis y, List<Series> series) {
        if (!series.isEmpty()) {
            to.add(new LineChart(title, Axis.of("step"), y, series, Interval.BAND));
        }
    }
}
