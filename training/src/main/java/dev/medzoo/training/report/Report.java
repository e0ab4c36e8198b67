package dev.medzoo.training.report;

import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.ClassMetrics;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.Reliability;
import dev.medzoo.zoo.page.HtmlPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The report of one run: the card's figures of a split, and their details. It shows pictures of the
 * worst mistakes, so it must not be published; it lies beside the candidate and is not part of it.
 *
 * @param card with the figures
 * @param split of the figures
 * @param scores the network's outputs on it
 * @param pictures of the split, for thumbnails
 * @param baselines to compare the figures with
 * @param curves of the training; empty if unknown
 * @param run of the report
 */
public record Report(
        ModelCard card,
        String split,
        Scores scores,
        Pictures pictures,
        Baselines baselines,
        List<LineChart> curves,
        RunEnvironment run) {
    private static final String FILE = "report.html";
    private static final int MISTAKES = 20;

    public Report {
        curves = List.copyOf(curves);
    }

    /** Thumbnails of the pictures of a split. */
    public interface Pictures {
        /** No thumbnails. */
        Pictures NONE = (index, caption) -> Optional.empty();

        /**
         * Returns a thumbnail.
         *
         * @param index in the order of the outputs, from 0
         * @param caption what is said of it
         * @return empty if it cannot be shown
         */
        Optional<Thumbnail> at(int index, String caption);
    }

    /**
     * Path of a run's report: beside the candidate, whose folder contains only the artifact.
     *
     * @param kind of run; a later one of the same kind replaces the report
     */
    public static Path path(Path candidate, String kind) {
        Path absolute = candidate.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + ".report")
                .resolve(kind.replaceAll("[^A-Za-z0-9._-]", "_"))
                .resolve(FILE);
    }

    /** Writes the page atomically. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(FILE + ".new");
        Files.writeString(fresh, html());
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The page. */
    String html() {
        SplitMetrics metrics = metrics();
        List<String> labels = metrics.classes().stream().map(ClassMetrics::label).toList();
        double temperature = card.training().temperature();
        HtmlPage page =
                new HtmlPage("%s %s on %s".formatted(card.name(), card.version(), split))
                        .notice(Finding.NOTICE)
                        .paragraph(card.summary())
                        .paragraph(
                                "%d pictures in %d groups. Intervals are of 95 %%, over groups."
                                        .formatted(metrics.pictures(), metrics.groups()));
        addFigures(page, metrics);
        addBaselines(page, metrics, labels);
        if (!curves.isEmpty()) {
            page.heading("Training curves");
            curves.forEach(chart -> page.figure(chart.svg()));
        }
        page.heading("Which label was predicted for which")
                .figure(ConfusionPlot.svg(Measures.confusion(scores, Measures.all(scores)), labels))
                .heading("How well the labels are separated")
                .figure(RocPlot.svg(scores, labels, temperature))
                .figure(PrecisionRecallPlot.svg(scores, labels, temperature))
                .heading("How reliable the probabilities are")
                .figure(ReliabilityPlot.svg(scores, temperature));
        if (card.training().calibration() != null) {
            page.paragraph("Temperature " + card.training().calibration() + ".");
        }
        Reliability reliability = metrics.reliability();
        if (reliability != null) {
            ReliabilitySection.add(page, reliability);
        }
        addMistakes(page, labels, temperature);
        addRun(page);
        addTraining(page);
        return page.end();
    }

    private SplitMetrics metrics() {
        return card.metrics().stream()
                .filter(each -> each.split().equals(split))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "split: %s (expected: one that the card of %s has)"
                                                .formatted(split, card.name())));
    }

    private static void addFigures(HtmlPage page, SplitMetrics metrics) {
        page.heading("Figures")
                .table(
                        List.of("measure", "value [95 % interval]"),
                        List.of(
                                List.of("accuracy", figure(metrics.accuracy())),
                                List.of("balanced accuracy", figure(metrics.balancedAccuracy())),
                                List.of("macro-F1", figure(metrics.macroF1())),
                                List.of("AUROC", figure(metrics.auroc())),
                                List.of("calibration error", figure(metrics.calibrationError()))));
        List<List<String>> rows = new ArrayList<>();
        for (ClassMetrics each : metrics.classes()) {
            rows.add(
                    List.of(
                            each.label(),
                            String.valueOf(each.pictures()),
                            figure(each.precision()),
                            figure(each.recall()),
                            figure(each.f1()),
                            each.auroc() == null ? "–" : figure(each.auroc())));
        }
        page.table(List.of("label", "pictures", "precision", "recall", "F1", "AUROC"), rows);
    }

    private void addBaselines(HtmlPage page, SplitMetrics metrics, List<String> labels) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                new Baseline(
                                "this model",
                                metrics.accuracy().value(),
                                metrics.balancedAccuracy().value(),
                                metrics.macroF1().value())
                        .row());
        rows.add(Baseline.commonest(scores, labels).row());
        baselines.rows().forEach(each -> rows.add(each.row()));
        page.heading("Compared with simpler methods").table(Baseline.head(), rows);
        baselines.remarks().forEach(page::paragraph);
    }

    static String figure(Estimate of) {
        return "%s [%s, %s]"
                .formatted(
                        Digits.share(of.value()), Digits.share(of.low()), Digits.share(of.high()));
    }

    private void addMistakes(HtmlPage page, List<String> labels, double temperature) {
        page.heading("The worst mistakes");
        List<Mistake> worst = Mistake.worst(scores, temperature, MISTAKES);
        if (worst.isEmpty()) {
            page.paragraph("No picture was misclassified.");
            return;
        }
        page.paragraph(
                "Misclassified pictures, the most confident first. The index counts the pictures"
                        + " of the split in the order of the manifest, from 0.");
        List<Thumbnail> shown = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (Mistake mistake : worst) {
            String caption =
                    "%s, named %s (%s)"
                            .formatted(
                                    labels.get(mistake.truth()),
                                    labels.get(mistake.named()),
                                    Digits.share(mistake.probability()));
            pictures.at(mistake.index(), caption).ifPresent(shown::add);
            rows.add(
                    List.of(
                            String.valueOf(mistake.index()),
                            mistake.group(),
                            labels.get(mistake.truth()),
                            labels.get(mistake.named()),
                            Digits.share(mistake.probability())));
        }
        if (!shown.isEmpty()) {
            page.paragraph("These are small copies of the pictures. Keep this page where they are.")
                    .pictures(Thumbnail.onPage(shown));
        }
        page.table(List.of("index", "group", "true label", "named", "probability"), rows);
    }

    private void addRun(HtmlPage page) {
        List<List<String>> rows = new ArrayList<>();
        run.environment().forEach((name, value) -> rows.add(List.of(name, value)));
        page.heading("This run").verbatim(run.command()).table(List.of("what", "value"), rows);
    }

    private void addTraining(HtmlPage page) {
        ModelCard.Training training = card.training();
        String parent = training.parent();
        String software =
                training.versions().entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "));
        page.heading("The training")
                .verbatim(training.command())
                .table(
                        List.of("what", "value"),
                        List.of(
                                List.of("started from", parent == null ? "random weights" : parent),
                                List.of("seed", String.valueOf(training.seed())),
                                List.of("rounds", String.valueOf(training.epochs())),
                                List.of("round kept", String.valueOf(training.bestEpoch())),
                                List.of("minutes", Digits.four(training.minutes())),
                                List.of("device", training.device()),
                                List.of("software", software),
                                List.of("temperature", Digits.four(training.temperature()))))
                .heading("The recipe")
                .verbatim(training.recipe());
    }
}
