package dev.medzoo.training;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.report.Axis;
import dev.medzoo.training.report.DifferenceText;
import dev.medzoo.training.report.LineChart;
import dev.medzoo.training.report.LineChart.Interval;
import dev.medzoo.training.report.Point;
import dev.medzoo.training.report.RunsPage;
import dev.medzoo.training.report.Series;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.measure.PairedDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares candidates: figures, differences on the same test pictures, curves, and differences
 * between recipes.
 */
public final class RunComparison {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<Compared> runs;

    private RunComparison(List<Compared> runs) {
        this.runs = List.copyOf(runs);
    }

    /**
     * @param test its predictions on {@code test}; null if it was not evaluated there
     */
    private record Compared(
            String name, ModelCard card, TrainingCurve curve, @Nullable TestPredictions test) {}

    /**
     * Reads the candidates.
     *
     * @param candidates folders, at least two
     * @throws MalformedModelException when one is not a complete candidate
     */
    public static RunComparison of(List<Path> candidates)
            throws IOException, MalformedModelException {
        if (candidates.size() < 2) {
            throw new IllegalArgumentException(
                    "runs: %d (expected: at least two)".formatted(candidates.size()));
        }
        List<Compared> runs = new ArrayList<>();
        for (Path each : candidates) {
            ModelCard card = CardAnswers.card(each);
            TrainingCurve curve = TrainingCurve.of(each, card.training().recipe());
            runs.add(new Compared(each.normalize().toString(), card, curve, predictions(each)));
        }
        return new RunComparison(runs);
    }

    private static @Nullable TestPredictions predictions(Path candidate)
            throws IOException, MalformedModelException {
        Path file = candidate.resolve(ArtifactFiles.PREDICTIONS);
        return Files.exists(file)
                ? TestPredictions.parse(Files.readAllBytes(file), candidate.toString())
                : null;
    }

    /**
     * One row per run after the first, header first: its difference from the first run on the same
     * {@code test} pictures, with paired intervals. Runs that cannot be compared have a remark
     * instead.
     */
    public List<List<String>> paired() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(DifferenceText.head());
        Compared first = runs.get(0);
        for (Compared run : others()) {
            if (first.test != null && run.test != null && obstacle(run) == null) {
                PairedDifference difference = PairedDifference.between(first.test, run.test);
                rows.add(DifferenceText.row(run.name, first.name, difference));
            }
        }
        return rows;
    }

    private List<Compared> others() {
        return runs.subList(1, runs.size());
    }

    /** Why a run cannot be compared with the first one picture by picture; null if it can. */
    private @Nullable String obstacle(Compared run) {
        Compared first = runs.get(0);
        if (first.test == null || run.test == null) {
            return "%s has no predictions on test (medzoo evaluate --split test writes them)"
                    .formatted(first.test == null ? first.name : run.name);
        }
        return PairedDifference.obstacle(first.test, run.test).orElse(null);
    }

    /** One row per split and run, header first; runs on the same split are adjacent. */
    public List<List<String>> figures() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "run",
                        "split",
                        "pictures",
                        "accuracy",
                        "balanced accuracy",
                        "macro-F1",
                        "AUROC",
                        "calibration error",
                        "minutes"));
        for (String split : List.of("val", "test")) {
            for (Compared run : runs) {
                run.card.metrics().stream()
                        .filter(each -> each.split().equals(split) && each.dataSet() == null)
                        .forEach(metrics -> rows.add(row(run, metrics)));
            }
        }
        return rows;
    }

    private static List<String> row(Compared run, SplitMetrics metrics) {
        return List.of(
                run.name,
                metrics.split(),
                String.valueOf(metrics.pictures()),
                figure(metrics.accuracy()),
                figure(metrics.balancedAccuracy()),
                figure(metrics.macroF1()),
                figure(metrics.auroc()),
                figure(metrics.calibrationError()),
                String.format(Locale.ROOT, "%.1f", run.card.training().minutes()));
    }

    private static String figure(Estimate of) {
        return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", of.value(), of.low(), of.high());
    }

    /** Reasons why figures are not comparable, one sentence each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (runs.stream().map(run -> data(run.card)).distinct().count() > 1) {
            remarks.add("The runs had different pictures or splits: their figures do not compare.");
        }
        if (runs.stream().anyMatch(run -> run.curve.rounds().isEmpty())) {
            remarks.add("Of some runs no curve is kept beside the candidate.");
        }
        for (Compared run : others()) {
            String obstacle = obstacle(run);
            if (obstacle != null) {
                remarks.add(
                        "%s and %s are not compared picture by picture: %s."
                                .formatted(run.name, runs.get(0).name, obstacle));
            }
        }
        return remarks;
    }

    private static List<String> data(ModelCard card) {
        return card.data().stream().map(DataSource::manifestSha256).sorted().toList();
    }

    /** One row per recipe entry that differs, header first. */
    public List<List<String>> differences() throws IOException {
        List<Map<String, String>> recipes = new ArrayList<>();
        TreeSet<String> entries = new TreeSet<>();
        for (Compared run : runs) {
            Map<String, String> recipe = new LinkedHashMap<>();
            flatten("", YAML.readTree(run.card.training().recipe()), recipe);
            String parent = run.card.training().parent();
            recipe.put("--from", parent == null ? "" : parent);
            recipe.keySet().removeIf(entry -> entry.startsWith("card."));
            recipes.add(recipe);
            entries.addAll(recipe.keySet());
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("entry"));
        runs.forEach(run -> head.add(run.name));
        rows.add(head);
        for (String entry : entries) {
            List<String> values =
                    recipes.stream().map(recipe -> recipe.getOrDefault(entry, "")).toList();
            if (values.stream().distinct().count() > 1) {
                List<String> row = new ArrayList<>(List.of(entry));
                row.addAll(values);
                rows.add(row);
            }
        }
        return rows;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isValueNode()) {
            into.put(path, node.asText());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten("%s[%d]".formatted(path, i), node.get(i), into);
            }
        } else {
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.forEach(
                    (name, value) ->
                            flatten(path.isEmpty() ? name : path + "." + name, value, into));
        }
    }

    /** Writes a page with everything, and the curves in common charts. */
    public void write(Path file) throws IOException {
        List<LineChart> charts = new ArrayList<>();
        add(charts, "Macro-F1 on val", Axis.between("macro-F1", 0, 1), RoundReport::macroF1);
        add(charts, "Loss on val", Axis.of("cross-entropy, nats"), RoundReport::valLoss);
        add(charts, "Training loss", Axis.of("mean loss, nats"), RoundReport::loss);
        new RunsPage(remarks(), figures(), paired(), differences(), charts).write(file);
    }

    private void add(
            List<LineChart> to, String title, Axis y, ToDoubleFunction<RoundReport> figure) {
        List<Series> series = new ArrayList<>();
        for (Compared run : runs) {
            List<Point> points =
                    run.curve.rounds().stream()
                            .filter(round -> Double.isFinite(figure.applyAsDouble(round)))
                            .map(round -> Point.of(round.step(), figure.applyAsDouble(round)))
                            .toList();
            if (!points.isEmpty()) {
                series.add(new Series(run.name, points));
            }
        }
        if (!series.isEmpty()) {
            to.add(new LineChart(title, Axis.of("step"), y, series, Interval.BAND));
        }
    }
}
