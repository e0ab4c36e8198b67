package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.DataPlace;
import dev.medzoo.training.data.DataSetUse;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSet.LabelledPicture;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.Devices;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.ReliabilityMeasures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.training.report.Report;
import dev.medzoo.training.report.RunEnvironment;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.ClassMetrics;
import dev.medzoo.zoo.artifact.ModelCard.EightBits;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.Subgroups;
import dev.medzoo.zoo.artifact.Subgroups.Subgroup;
import dev.medzoo.zoo.artifact.TestPredictions;
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
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Evaluates a candidate on a split and writes the figures into its card, the only place for them.
 * The report also has the figures of the parent version, see {@link ParentComparison}. On {@code
 * test} it also writes the prediction for each picture. On {@code val} a candidate made by {@link
 * Wrap} is calibrated first, see {@link WrappedReading}.
 */
public final class Evaluation {
    /** The split of foreign data sets that is used. */
    public static final String FOREIGN_SPLIT = "test";

    /** The split whose predictions are stored, to compare later versions with. */
    private static final String PREDICTED_SPLIT = "test";

    /** The split that calibrates a wrapped network. */
    private static final String FITTED_SPLIT = "val";

    private static final long DECODED_BYTES = 0;

    private Evaluation() {}

    /** Evaluates a candidate on its own pictures alone. */
    public static SplitMetrics run(Path candidate, PictureSets data, String split, Device device)
            throws IOException, MalformedModelException {
        return run(candidate, data, split, List.of(), device).get(0);
    }

    /**
     * Opens the data sets to evaluate a candidate on.
     *
     * @param data folder with {@code manifest.csv} of any data set, or the parent folder of the
     *     data sets of the candidate's recipe
     */
    public static PictureSets data(Path candidate, Path data)
            throws IOException, MalformedModelException {
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        if (ScoredNetwork.isWrapped(content)) {
            return WrappedReading.data(content, data);
        }
        String text = content.card().training().recipe();
        Recipe recipe = Recipe.parse(text, "of " + candidate);
        return Preflight.isDataSet(data) && !recipe.isOnly(data)
                ? PictureSets.of(PictureSet.open(data))
                : Training.pictures(recipe, data);
    }

    /**
     * The data sets of a candidate's recipe, and where it says that they lie; none for a wrapped
     * one whose file names none.
     */
    public static List<DataPlace> places(Path candidate)
            throws IOException, MalformedModelException {
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        return ScoredNetwork.isWrapped(content)
                ? WrappedReading.places(content)
                : Recipe.parse(content.card().training().recipe(), "of " + candidate)
                        .sets()
                        .stream()
                        .map(DataSetUse::place)
                        .toList();
    }

    /**
     * Evaluates a candidate.
     *
     * @param candidate folder
     * @param data one or more sets with the same labels
     * @param split to evaluate; {@code test} once per version
     * @param foreign out-of-distribution data sets, whose {@code test} pictures it should detect,
     *     like drawings if there are any; their labels are ignored
     * @return the figures, also written to the card: of all pictures together first, then, if there
     *     are several data sets, of each
     * @throws IllegalArgumentException when the data have other labels or no such split, or when
     *     there are foreign pictures and the candidate cannot detect them
     * @throws MalformedModelException when the folder is not a complete candidate
     */
    public static List<SplitMetrics> run(
            Path candidate, PictureSets data, String split, List<PictureSet> foreign, Device device)
            throws IOException, MalformedModelException {
        long begun = System.nanoTime();
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        Artifact artifact = content.artifact();
        refuseOtherLabels(artifact, data);
        boolean isFitted = split.equals(FITTED_SPLIT) && ScoredNetwork.isWrapped(content);
        refuseForeign(artifact, data, foreign, isFitted);
        Transform transform = artifact.reading().transform();
        try (ScoredNetwork network = ScoredNetwork.of(content, device);
                BatchLoader loader = new BatchLoader(new PictureReader(DECODED_BYTES), transform)) {
            Scorer scorer = network.scorer();
            List<Scores> parts = scorer.scoreSets(loader, data, split);
            Scores scores = Scores.joined(parts);
            Reading reading =
                    isFitted
                            ? new WrappedReading(content, data)
                                    .fit(candidate, scorer, loader, scores)
                            : artifact.reading();
            Map<String, Scores> others = new LinkedHashMap<>();
            for (PictureSet other : foreign) {
                others.put(other.name(), scorer.score(loader, other.split(FOREIGN_SPLIT)));
            }
            if (!foreign.isEmpty()) {
                others.putAll(ForeignExamples.toJudge(scorer, loader));
            }
            List<SplitMetrics> metrics = figures(data, split, parts, reading, others);
            byte[] card = Files.readAllBytes(candidate.resolve(ArtifactFiles.CARD));
            ModelCard scored = ModelCard.parse(card, candidate.toString()).with(split, metrics);
            if (split.equals(PREDICTED_SPLIT)) {
                scored = withSubgroups(scored, data, scores);
                TestPredictions predictions = predictions(scores, reading, data.split(split));
                replace(candidate, ArtifactFiles.PREDICTIONS, predictions.toBytes());
                if (content.has(ArtifactFiles.ONNX_INT8)) {
                    Scores eight = Scores.joined(EightBitForm.scores(content, loader, data, split));
                    EightBits cost = EightBitForm.cost(scores, eight, reading);
                    scored = scored.with(cost);
                    keep(candidate, cost, predictions(eight, reading, data.split(split)));
                }
            }
            replace(candidate, ArtifactFiles.CARD, scored.toBytes());
            double seconds = (System.nanoTime() - begun) / 1e9;
            RunEnvironment here =
                    RunEnvironment.here(
                            command(candidate, data, split), Devices.text(device), seconds);
            TrainingCurve curve = TrainingCurve.of(candidate, scored.training().recipe());
            new Report(
                            scored,
                            split,
                            scores,
                            new ShownPictures(data.split(split)),
                            new ParentComparison(data, split, scores, device).of(artifact),
                            curve.charts(),
                            here)
                    .write(report(candidate, split));
            return metrics;
        }
    }

    /**
     * Computes the figures of all data sets together and then, if there are several, of each that
     * has pictures of two labels.
     *
     * @param parts outputs on each data set that has the split
     * @param foreign outputs on out-of-distribution pictures, by data set
     */
    static List<SplitMetrics> figures(
            PictureSets data,
            String split,
            List<Scores> parts,
            Reading reading,
            Map<String, Scores> foreign) {
        List<SplitMetrics> all = new ArrayList<>();
        all.add(metrics(Scores.joined(parts), reading, split, foreign));
        for (int i = 0; i < parts.size() && data.parts().size() > 1; i++) {
            if (new HashSet<>(parts.get(i).truth()).size() > 1) {
                String name = data.with(split).get(i).name();
                all.add(metrics(parts.get(i), reading, split, Map.of()).of(name));
            }
        }
        return all;
    }

    private static void refuseOtherLabels(Artifact artifact, PictureSets data) {
        List<String> labels = artifact.reading().labels();
        if (!labels.equals(data.labels())) {
            throw new IllegalArgumentException(
                    "labels of %s: %s (expected: %s, as %s has)"
                            .formatted(names(data), data.labels(), labels, artifact.name()));
        }
    }

    private static String names(PictureSets data) {
        return data.parts().stream().map(PictureSet::name).collect(Collectors.joining(" "));
    }

    /**
     * @param isFitted whether the domain will be fitted before its use
     */
    private static void refuseForeign(
            Artifact artifact, PictureSets data, List<PictureSet> foreign, boolean isFitted) {
        List<String> names = foreign.stream().map(PictureSet::name).toList();
        boolean hasDomain =
                isFitted ? artifact.network().features() > 0 : artifact.reading().domain() != null;
        if (!names.isEmpty() && !hasDomain) {
            throw new IllegalArgumentException(
                    "foreign: %s (expected: none, as %s has no domain)"
                            .formatted(names, artifact.name()));
        }
        boolean own = data.parts().stream().anyMatch(part -> names.contains(part.name()));
        if (own || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "foreign: %s (expected: distinct data sets other than %s)"
                            .formatted(names, names(data)));
        }
    }

    /** Path of the report that {@link #run} writes. */
    public static Path report(Path candidate, String split) {
        return Report.path(candidate, "evaluate-" + split);
    }

    private static String command(Path candidate, PictureSets data, String split) {
        return "medzoo evaluate %s --data %s --split %s"
                .formatted(
                        candidate.toAbsolutePath().normalize().getFileName(),
                        data.parts().size() == 1 ? data.parts().get(0).name() : "data",
                        split);
    }

    /** The model's calibrated predictions. */
    private static TestPredictions predictions(
            Scores scores, Reading reading, List<LabelledPicture> pictures) {
        List<TestPredictions.Picture> all = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            LabelledPicture picture = pictures.get(i);
            double[] probabilities = scores.probabilities(i, reading.temperature());
            all.add(
                    new TestPredictions.Picture(
                            picture.sha256(),
                            picture.group(),
                            picture.label(),
                            Arrays.stream(probabilities).boxed().toList()));
        }
        return new TestPredictions(reading.labels(), all);
    }

    /** Keeps the 8-bit form and its predictions in the candidate, or removes it. */
    private static void keep(Path candidate, EightBits cost, TestPredictions said)
            throws IOException {
        if (cost.kept()) {
            replace(candidate, ArtifactFiles.PREDICTIONS_INT8, said.toBytes());
        } else {
            Files.delete(candidate.resolve(ArtifactFiles.ONNX_INT8));
            Files.deleteIfExists(candidate.resolve(ArtifactFiles.PREDICTIONS_INT8));
        }
    }

    /**
     * Replaces a file atomically, by a move from outside of the folder, which must contain nothing
     * but the candidate.
     */
    static void replace(Path candidate, String file, byte[] content) throws IOException {
        Path absolute = candidate.toAbsolutePath();
        Path fresh =
                absolute.resolveSibling(
                        absolute.getFileName() + "." + file.substring(file.indexOf('/') + 1));
        Files.write(fresh, content);
        Files.move(
                fresh,
                absolute.resolve(file),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Computes the figures of one split.
     *
     * @param foreign outputs on out-of-distribution pictures, by data set
     */
    private static SplitMetrics metrics(
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
                            estimate(estimates, "f1 " + label),
                            estimates.get("auroc " + label)));
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

    /** Adds the figures of the recipe's subgroups to the card, if it names any. */
    private static ModelCard withSubgroups(ModelCard card, PictureSets data, Scores scores) {
        List<Subgroup> figures = new ArrayList<>();
        data.subgroups(PREDICTED_SPLIT)
                .forEach(
                        (name, pictures) -> {
                            Scores of = scores.of(pictures);
                            Map<String, Estimate> estimates =
                                    Bootstrap.estimates(of.groups(), new Measures(of, 1)::of);
                            figures.add(
                                    new Subgroup(
                                            name,
                                            pictures.length,
                                            estimate(estimates, "accuracy"),
                                            estimate(estimates, "balancedAccuracy"),
                                            areas(estimates, data.labels())));
                        });
        return figures.isEmpty() ? card : card.with(new Subgroups(figures, null));
    }

    /** The AUROC of each label that has one. */
    private static Map<String, Estimate> areas(
            Map<String, Estimate> estimates, List<String> labels) {
        Map<String, Estimate> areas = new TreeMap<>();
        for (int label = 0; label < labels.size(); label++) {
            Estimate area = estimates.get("auroc " + label);
            if (area != null) {
                areas.put(labels.get(label), area);
            }
        }
        return areas;
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
