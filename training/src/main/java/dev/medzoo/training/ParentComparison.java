package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.ModelException;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.measure.Measures;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.report.Baseline;
import dev.medzoo.training.report.Baselines;
import dev.medzoo.training.report.DifferenceText;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.ParentArtifact;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.measure.ConfusionMatrix;
import dev.medzoo.zoo.measure.PairedDifference;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Evaluates a candidate's parent, the version that its training started from, on the same pictures.
 * The parent is taken from the store of the settings, and must have the same labels.
 *
 * @param data of the candidate
 * @param split that was evaluated
 * @param scores the candidate's outputs on it
 * @param device for the parent's network
 */
record ParentComparison(PictureSets data, String split, Scores scores, Device device) {
    private static final long DECODED_BYTES = 0;

    /** Returns the parent's figures, or a remark that says why there are none. */
    Baselines of(Artifact candidate) {
        ParentArtifact parent = candidate.parent();
        if (parent == null) {
            return remark("There is no parent to compare with.");
        }
        String name = parent.name() + "/" + parent.version();
        try {
            VerifiedArtifact found =
                    VerifiedStore.of(Store.fromSettings()).artifact(ModelReference.parse(name));
            if (!found.digest().equals(parent.digest())) {
                return none(
                        name,
                        "the store has %s under this name (expected: %s)"
                                .formatted(found.digest(), parent.digest()));
            }
            ArtifactContent content = found.content();
            List<String> labels = content.artifact().reading().labels();
            return labels.equals(data.labels())
                    ? scored(name, content)
                    : none(name, "its labels are " + String.join(", ", labels));
        } catch (ModelException | IOException | IllegalArgumentException e) {
            // without its parent, a candidate is evaluated all the same
            return none(name, String.valueOf(e.getMessage()));
        }
    }

    private static Baselines none(String name, String why) {
        return remark("Not compared with the parent, %s: %s.".formatted(name, why));
    }

    private static Baselines remark(String text) {
        return new Baselines(List.of(), List.of(text));
    }

    private Baselines scored(String name, ArtifactContent parent)
            throws IOException, ModelException {
        Scores of = scores(parent);
        ConfusionMatrix confusion = Measures.confusion(of, Measures.all(of));
        Baseline row =
                new Baseline(
                        name + ", the parent",
                        confusion.accuracy(),
                        confusion.balancedAccuracy(),
                        confusion.macroF1());
        PairedDifference difference =
                PairedDifference.of(
                        scores.classes(),
                        scores.groups(),
                        scores.truth(),
                        named(of),
                        named(scores));
        List<String> remarks = new ArrayList<>();
        remarks.add("This model minus its parent: " + DifferenceText.sentence(difference));
        if (hasOtherData(parent)) {
            remarks.add(
                    "The parent was trained on other data sets or splits: it may have learnt from"
                            + " pictures of this split.");
        }
        return new Baselines(List.of(row), remarks);
    }

    private Scores scores(ArtifactContent parent) throws IOException, ModelException {
        try (ScoredNetwork network = ScoredNetwork.of(parent, device);
                BatchLoader loader =
                        new BatchLoader(
                                new PictureReader(DECODED_BYTES),
                                parent.artifact().reading().transform())) {
            return Scores.joined(network.scorer().scoreSets(loader, data, split));
        }
    }

    private static List<Integer> named(Scores of) {
        return IntStream.range(0, of.size()).mapToObj(of::named).toList();
    }

    private boolean hasOtherData(ArtifactContent parent) {
        Set<String> known =
                parent.card().data().stream()
                        .map(DataSource::manifestSha256)
                        .collect(Collectors.toSet());
        return !data.parts().stream().map(PictureSet::manifestSha256).allMatch(known::contains);
    }
}
