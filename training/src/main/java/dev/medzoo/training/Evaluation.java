package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.learn.Devices;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.ReliabilityMeasures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.report.Report;
import dev.medzoo.training.report.Run;
import dev.medzoo.translate.Reading;
import dev.medzoo.zoo.Artifact;
import dev.medzoo.zoo.ArtifactContent;
import dev.medzoo.zoo.ArtifactFiles;
import dev.medzoo.zoo.ModelCard;
import dev.medzoo.zoo.ModelCard.ClassMetrics;
import dev.medzoo.zoo.ModelCard.Estimate;
import dev.medzoo.zoo.ModelCard.SplitMetrics;
import dev.medzoo.zoo.Predictions;
import dev.medzoo.zoo.measure.Bootstrap;
import dev.medzoo.zoo.measure.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores a candidate on a split and writes the figures into its card, the only place for them; on
 * {@code test}, also what it said of each picture.
 */
public final class Evaluation {
    /** The split of foreign data sets that is scored. */
    public static final String FOREIGN_SPLIT = "test";

    /** The split whose every verdict is written down, for a later version to be compared with. */
    private static final String PREDICTED_SPLIT = "test";

    private static final long DECODED_BYTES = 0;

    private Evaluation() {}

    /** Scores a candidate on its own pictures alone. */
    public static SplitMetrics run(Path candidate, PictureSet data, String split, Device device)
            throws IOException, MalformedModelException {
        return run(candidate, data, split, List.of(), device);
    }

    /**
     * Scores a candidate.
     *
     * @param candidate folder
     * @param data of the same labels
     * @param split that the figures are for; {@code test} once a version
     * @param foreign data sets of another kind, whose {@code test} pictures it should tell from its
     *     own, as it should drawings where there are any; their labels mean nothing
     * @return the figures, which are in the card now
     * @throws IllegalArgumentException when the data have other labels or no such split, or when
     *     there are foreign pictures and the candidate cannot tell them
     * @throws MalformedModelException when the folder is not a whole candidate
     */
    public static SplitMetrics run(
            Path candidate, PictureSet data, String split, List<PictureSet> foreign, Device device)
            throws IOException, MalformedModelException {
        long begun = System.nanoTime();
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        Artifact artifact = content.artifact();
        Reading reading = artifact.reading();
        refuseOtherLabels(artifact, data);
        refuseForeign(artifact, data, foreign);
        try (NDManager manager = NDManager.newBaseManager(device, "PyTorch");
                BatchLoader loader =
                        new BatchLoader(new PictureReader(DECODED_BYTES), reading.transform())) {
            Scorer scorer = new Scorer(content.network(manager), manager);
            Scores scores = scorer.score(loader, data.split(split));
            Map<String, Scores> others = new LinkedHashMap<>();
            for (PictureSet other : foreign) {
                others.put(other.name(), scorer.score(loader, other.split(FOREIGN_SPLIT)));
            }
            if (!foreign.isEmpty()) {
                others.putAll(ForeignExamples.toJudge(scorer, loader));
            }
            SplitMetrics metrics = metrics(scores, reading, split, others);
            byte[] card = content.file(ArtifactFiles.CARD);
            ModelCard scored = ModelCard.parse(card, candidate.toString()).with(metrics);
            if (split.equals(PREDICTED_SPLIT)) {
                Predictions predictions = predictions(scores, reading, data.split(split));
                replace(candidate, ArtifactFiles.PREDICTIONS, predictions.toBytes());
            }
            replace(candidate, ArtifactFiles.CARD, scored.toBytes());
            double seconds = (System.nanoTime() - begun) / 1e9;
            Run here = Run.here(command(candidate, data, split), Devices.text(device), seconds);
            TrainingCurve curve = TrainingCurve.of(candidate, scored.training().recipe());
            new Report(scored, split, scores, curve.charts(), here).write(report(candidate, split));
            return metrics;
        }
    }

    private static void refuseOtherLabels(Artifact artifact, PictureSet data) {
        List<String> labels = artifact.reading().labels();
        if (!labels.equals(data.labels())) {
            throw new IllegalArgumentException(
                    "labels of %s: %s (expected: %s, as %s has)"
                            .formatted(data.name(), data.labels(), labels, artifact.name()));
        }
    }

    private static void refuseForeign(
            Artifact artifact, PictureSet data, List<PictureSet> foreign) {
        List<String> names = foreign.stream().map(PictureSet::name).toList();
        if (!names.isEmpty() && artifact.reading().domain() == null) {
            throw new IllegalArgumentException(
                    "foreign: %s (expected: none, as %s has no domain)"
                            .formatted(names, artifact.name()));
        }
        if (names.contains(data.name()) || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "foreign: %s (expected: distinct data sets other than %s)"
                            .formatted(names, data.name()));
        }
    }

    /** Where {@link #run} writes what a person would read. */
    public static Path report(Path candidate, String split) {
        return Report.path(candidate, "evaluate-" + split);
    }

    private static String command(Path candidate, PictureSet data, String split) {
        return "medzoo evaluate %s --data %s --split %s"
                .formatted(
                        candidate.toAbsolutePath().normalize().getFileName(), data.name(), split);
    }

    /** Calibrated, as the model gives them. */
    private static Predictions predictions(
            Scores scores, Reading reading, List<LabelledPicture> pictures) {
        List<Predictions.Picture> all = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            LabelledPicture picture = pictures.get(i);
            double[] probabilities = scores.probabilities(i, reading.temperature());
            all.add(
                    new Predictions.Picture(
                            picture.sha256(),
                            picture.group(),
                            picture.label(),
                            Arrays.stream(probabilities).boxed().toList()));
        }
        return new Predictions(reading.labels(), all);
    }

    /** In one move, from a file outside the folder, which holds nothing but the candidate. */
    private static void replace(Path candidate, String file, byte[] content) throws IOException {
        Path whole = candidate.toAbsolutePath();
        Path fresh = whole.resolveSibling(whole.getFileName() + "." + file);
        Files.write(fresh, content);
        Files.move(
                fresh,
                whole.resolve(file),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The figures of one split.
     *
     * @param foreign verdicts on pictures of another kind, by data set
     */
    static SplitMetrics metrics(
            Scores scores, Reading reading, String split, Map<String, Scores> foreign) {
        List<String> labels = reading.labels();
        Map<String, Estimate> estimates =
                Bootstrap.estimates(
                        scores.groups(), new Measures(scores, reading.temperature())::of);
        ConfusionMatrix confusion = Measures.confusion(scores, Measures.all(scores));
        List<ClassMetrics> classes = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            classes.add(
                    new ClassMetrics(
                            labels.get(label),
                            confusion.pictures(label),
                            estimate(estimates, "precision " + label),
                            estimate(estimates, "recall " + label),
                            estimate(estimates, "f1 " + label)));
        }
        return new SplitMetrics(
                split,
                scores.size(),
                new HashSet<>(scores.groups()).size(),
                estimate(estimates, "accuracy"),
                estimate(estimates, "balancedAccuracy"),
                estimate(estimates, "macroF1"),
                estimate(estimates, "auroc"),
                estimate(estimates, "calibrationError"),
                classes,
                confusion.rows(),
                new ReliabilityMeasures(scores, reading).against(foreign, FOREIGN_SPLIT));
    }

    private static Estimate estimate(Map<String, Estimate> estimates, String name) {
        Estimate estimate = estimates.get(name);
        if (estimate == null) {
            throw new IllegalArgumentException(
                    name + ": undefined (expected: pictures of at least two labels)");
        }
        return estimate;
    }
}
