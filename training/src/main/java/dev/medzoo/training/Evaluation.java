package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.measure.Bootstrap;
import dev.medzoo.training.measure.ConfusionMatrix;
import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.zoo.Artifact;
import dev.medzoo.zoo.ArtifactContent;
import dev.medzoo.zoo.ArtifactFiles;
import dev.medzoo.zoo.ModelCard;
import dev.medzoo.zoo.ModelCard.ClassMetrics;
import dev.medzoo.zoo.ModelCard.Estimate;
import dev.medzoo.zoo.ModelCard.SplitMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Scores a candidate on a split and writes the figures into its card, the only place for them. */
public final class Evaluation {
    private static final long DECODED_BYTES = 0;

    private Evaluation() {}

    /**
     * Scores a candidate.
     *
     * @param candidate folder
     * @param data of the same labels
     * @param split that the figures are for; {@code test} once a version
     * @return the figures, which are in the card now
     * @throws IllegalArgumentException when the data have other labels or no such split
     * @throws MalformedModelException when the folder is not a whole candidate
     */
    public static SplitMetrics run(Path candidate, PictureSet data, String split, Device device)
            throws IOException, MalformedModelException {
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        Artifact artifact = content.artifact();
        List<String> labels = artifact.reading().labels();
        if (!labels.equals(data.labels())) {
            throw new IllegalArgumentException(
                    "labels of %s: %s (expected: %s, as %s has)"
                            .formatted(data.name(), data.labels(), labels, artifact.name()));
        }
        try (NDManager manager = NDManager.newBaseManager(device, "PyTorch");
                BatchLoader loader =
                        new BatchLoader(
                                new PictureReader(DECODED_BYTES), artifact.reading().transform())) {
            Scorer scorer = new Scorer(content.network(manager), manager);
            Scores scores = scorer.score(loader, data.split(split));
            SplitMetrics metrics = metrics(scores, labels, split, artifact.reading().temperature());
            byte[] card = content.file(ArtifactFiles.CARD);
            ModelCard scored = ModelCard.parse(card, candidate.toString()).with(metrics);
            replaceCard(candidate, scored.toBytes());
            return metrics;
        }
    }

    /** In one move, from a file outside the folder, which holds nothing but the candidate. */
    private static void replaceCard(Path candidate, byte[] card) throws IOException {
        Path whole = candidate.toAbsolutePath();
        Path fresh = whole.resolveSibling(whole.getFileName() + ".card");
        Files.write(fresh, card);
        Files.move(
                fresh,
                whole.resolve(ArtifactFiles.CARD),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    static SplitMetrics metrics(
            Scores scores, List<String> labels, String split, double temperature) {
        Map<String, Estimate> estimates = Bootstrap.estimates(scores, temperature);
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
                confusion.rows());
    }

    private static Estimate estimate(Map<String, Estimate> estimates, String name) {
        Estimate estimate = estimates.get(name);
        if (estimate == null) {
            throw new IllegalStateException("no measure " + name);
        }
        return estimate;
    }
}
