package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.training.data.DataPlace;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.training.pretrain.Backbone;
import dev.medzoo.training.pretrain.Pretrain;
import dev.medzoo.training.pretrain.PretrainRecipe;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.network.Network;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a published version again, from its card and the pictures alone, and compares the results.
 * It repeats the self-supervised stage first if the card has one, else it starts from the parent in
 * the card.
 *
 * @param published the version
 * @param data parent of the data sets' folders
 * @param work folder for the backbone and the candidate; a stopped reproduction resumes from it
 * @param device that trains
 */
public record Reproduction(ArtifactContent published, Path data, Path work, Device device) {
    private static final String SPLIT = "test";

    /**
     * The result.
     *
     * @param sameWeights whether the weights are bit-identical to the published ones
     * @param figures one per measure
     */
    public record Outcome(boolean sameWeights, List<Figure> figures) {
        public Outcome {
            figures = List.copyOf(figures);
        }

        /** Whether every figure lies within the published interval. */
        public boolean holds() {
            return figures.stream().allMatch(Figure::isWithin);
        }
    }

    /**
     * A measure on {@code test}, published and reproduced.
     *
     * @param name of the measure
     * @param published value and interval of the card
     * @param reproduced value of the new weights
     */
    public record Figure(String name, Estimate published, double reproduced) {
        /** Whether the new value lies within the published interval. */
        public boolean isWithin() {
            return reproduced >= published.low() && reproduced <= published.high();
        }
    }

    /** The data sets that it needs, and where the recipes in the card say that they lie. */
    public static List<DataPlace> places(ArtifactContent published) {
        ModelCard card = published.card();
        Stream<DataPlace> own =
                Recipe.parse(card.training().recipe(), "of " + card.name()).places().stream();
        ModelCard.Pretraining before = card.training().pretraining();
        return before == null
                ? own.toList()
                : Stream.concat(
                                own,
                                PretrainRecipe.parse(before.recipe(), "of " + card.name())
                                        .places()
                                        .stream())
                        .distinct()
                        .toList();
    }

    /**
     * Runs it to the end.
     *
     * @param stop polled between the steps
     * @throws IllegalArgumentException when the card has no figures on {@code test}, or the
     *     pictures differ from those in the card
     */
    public Outcome run(TrainingProgress progress, PrintStream pretraining, GracefulStop stop)
            throws IOException, MalformedModelException, ModelNotFoundException {
        ModelCard card = published.card();
        SplitMetrics then = onTest(card);
        Recipe recipe = Recipe.parse(card.training().recipe(), "of " + card.name());
        PictureSets pictures = Training.pictures(recipe, data);
        for (int i = 0; i < card.data().size(); i++) {
            DataSource source = card.data().get(i);
            String seen = pictures.parts().get(i).manifestSha256();
            refuseOtherPictures(source.manifestSha256(), seen, source.name());
        }
        Files.createDirectories(work);
        Path candidate = work.resolve(card.name());
        if (!Files.exists(candidate)) {
            String from = from(card, pretraining, stop);
            Path text = write(card.name() + ".yaml", card.training().recipe());
            new Training(text, data, candidate, from, List.of(device), true)
                    .run(stop.watching(progress));
        }
        SplitMetrics now = Evaluation.run(candidate, pictures, SPLIT, device);
        return new Outcome(
                hasPublishedWeights(candidate),
                List.of(
                        new Figure("accuracy", then.accuracy(), now.accuracy().value()),
                        new Figure(
                                "balanced accuracy",
                                then.balancedAccuracy(),
                                now.balancedAccuracy().value()),
                        new Figure("macro-F1", then.macroF1(), now.macroF1().value()),
                        new Figure("AUROC", then.auroc(), now.auroc().value())));
    }

    private boolean hasPublishedWeights(Path candidate)
            throws IOException, MalformedModelException {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            Network again = ArtifactContent.ofCandidate(candidate).network(manager);
            return again.hasWeightsOf(published.network(manager));
        }
    }

    private static SplitMetrics onTest(ModelCard card) {
        return card.metrics().stream()
                .filter(of -> of.split().equals(SPLIT))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "card of %s %s: no metrics on test (expected: some)"
                                                .formatted(card.name(), card.version())));
    }

    private static void refuseOtherPictures(String expected, String seen, String dataSet) {
        if (!seen.equals(expected)) {
            throw new IllegalArgumentException(
                    "manifest of %s: sha256 %s (expected: %s, as the card says)"
                            .formatted(dataSet, seen, expected));
        }
    }

    /** Starting point of the new run: the retrained backbone, else the parent's weights. */
    private @Nullable String from(ModelCard card, PrintStream progress, GracefulStop stop)
            throws IOException, MalformedModelException {
        ModelCard.Pretraining before = card.training().pretraining();
        if (before == null) {
            return card.training().parent();
        }
        for (ModelCard.PoolSource of : before.pool()) {
            byte[] manifest =
                    Files.readAllBytes(data.resolve(of.dataSet()).resolve("manifest.csv"));
            refuseOtherPictures(of.manifestSha256(), Sha256.hex(manifest), of.dataSet());
        }
        Path backbone = work.resolve(before.name());
        if (!Backbone.isIn(backbone)) {
            Path recipe = write(before.name() + ".yaml", before.recipe());
            new Pretrain(recipe, data, backbone, device, true, List.of()).run(progress, stop);
        }
        return backbone.toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(work.resolve(name), text);
    }
}
