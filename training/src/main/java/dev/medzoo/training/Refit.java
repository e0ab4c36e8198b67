package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import dev.medzoo.training.data.BatchLoader;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.Scorer;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.training.recipe.PrecisionChoice;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.ParentArtifact;
import dev.medzoo.zoo.artifact.Subgroups;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.network.Network;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new version of a published model with the same weights. It fits everything else anew:
 * temperature, prediction sets, abstention and out-of-distribution detection. It takes minutes,
 * with the result that training with the new recipe would have.
 *
 * @param base the version whose weights are kept
 * @param digest of its manifest, {@code sha256:<hex>}
 * @param recipe file; it may differ from the base's in version, foreign pictures and card
 * @param data folder with {@code manifest.csv}, or the parent folder of the data sets
 * @param out folder of the candidate
 * @param device for the network
 */
public record Refit(
        ArtifactContent base, String digest, Path recipe, Path data, Path out, Device device) {
    private static final long DECODED_BYTES = 1L << 28;

    /** Recipe entries that determine the weights, by name. */
    private static final Map<String, Function<Recipe, Object>> OF_WEIGHTS =
            Map.ofEntries(
                    Map.entry("name", Recipe::name),
                    Map.entry("dataSets", Recipe::sets),
                    Map.entry("labels", recipe -> text(recipe.labels())),
                    Map.entry("transform", Recipe::transform),
                    Map.entry("augmentation", Recipe::augmentation),
                    Map.entry("balance", Recipe::balance),
                    Map.entry("labelSmoothing", Recipe::labelSmoothing),
                    Map.entry("mixing", recipe -> text(recipe.mixing())),
                    Map.entry("flips", recipe -> Boolean.TRUE.equals(recipe.flips())),
                    Map.entry("batchSize", Recipe::batchSize),
                    Map.entry("steps", Recipe::steps),
                    Map.entry("judgeEvery", Recipe::judgeEvery),
                    Map.entry("patience", Recipe::patience),
                    Map.entry("chosenBy", Recipe::chosenBy),
                    Map.entry("optimiser", Recipe::optimiser),
                    Map.entry("transfer", recipe -> text(recipe.transfer())),
                    Map.entry("precision", recipe -> text(recipe.precision())),
                    Map.entry("network", recipe -> recipe.networkType().word()),
                    Map.entry("seed", Recipe::seed));

    /**
     * Runs it to the end.
     *
     * @return the figures on {@code val}
     * @throws FileAlreadyExistsException when the candidate exists already
     * @throws IllegalArgumentException listing every recipe entry that would change the weights,
     *     and every data set that differs from the one that the base was trained on
     */
    public SplitMetrics run() throws IOException, MalformedModelException {
        if (Files.exists(out)) {
            throw new FileAlreadyExistsException(
                    out.toString(), null, "already exists (expected: a new folder)");
        }
        Recipe before = Recipe.parse(base.card().training().recipe(), "of " + base.card().name());
        String text = settled(Files.readString(recipe), before.precision());
        Recipe now = Recipe.parse(text, recipe.toString());
        PictureSets pictures = Training.pictures(now, data);
        FaultyDataException.refuse(faults(before, now, pictures));
        ForeignExamples foreign = ForeignExamples.open(pictures, now.foreign());
        try (NDManager manager = NDManager.newBaseManager(device, "PyTorch");
                BatchLoader loader =
                        new BatchLoader(new PictureReader(DECODED_BYTES), now.transform())) {
            Network network = base.network(manager);
            Scorer scorer = new Scorer(network, manager);
            Fit fit = Fit.of(scorer, loader, now.transform(), pictures, foreign);
            ModelCard card = card(now, text, fit);
            Artifact artifact =
                    new Artifact(
                            Artifact.FORMAT,
                            now.name(),
                            now.version(),
                            network.config(),
                            fit.reading(),
                            base.artifact().parent());
            byte[] params = base.file(ArtifactFiles.paramsFile(now.name()));
            byte[] eightBits = EightBitForm.of(artifact, network, fit.val(), loader, pictures);
            Candidate.published(artifact, card, network, eightBits, params).write(out);
            return fit.figures().get(0);
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }

    /** Replaces the precision {@code auto} by that of the base's training. */
    private static String settled(String text, Recipe.@Nullable Precision before) {
        Recipe.Precision precision = before == null ? Recipe.Precision.FLOAT32 : before;
        return new PrecisionChoice(precision, "the base was trained in it").settle(text);
    }

    private List<String> faults(Recipe before, Recipe now, PictureSets pictures) {
        List<String> faults = new ArrayList<>();
        if (now.version().compareTo(before.version()) <= 0) {
            faults.add(
                    "version: %s (expected: above %s, the version that is refitted)"
                            .formatted(now.version(), before.version()));
        }
        new TreeMap<>(OF_WEIGHTS)
                .forEach(
                        (name, value) -> {
                            String is = value.apply(now).toString();
                            String was = value.apply(before).toString();
                            if (!is.equals(was)) {
                                faults.add(
                                        "%s: %s (expected: %s, as the weights were trained with)"
                                                .formatted(name, is, was));
                            }
                        });
        for (DataSource source : base.card().data()) {
            pictures.parts().stream()
                    .filter(set -> set.name().equals(source.name()))
                    .filter(set -> !set.manifestSha256().equals(source.manifestSha256()))
                    .forEach(
                            set ->
                                    faults.add(
                                            "manifest of %s: sha256 %s (expected: %s, as the card says)"
                                                    .formatted(
                                                            set.name(),
                                                            set.manifestSha256(),
                                                            source.manifestSha256())));
        }
        return faults;
    }

    private ModelCard card(Recipe now, String text, Fit fit) {
        Temperature.Chosen temperature = fit.temperature();
        ModelCard then = base.card();
        Recipe.CardText words = now.card();
        ParentArtifact origin = new ParentArtifact(then.name(), then.version(), digest);
        return new ModelCard(
                now.name(),
                now.version(),
                words.summary(),
                Finding.NOTICE,
                words.intendedUse(),
                words.outOfScope(),
                then.data(),
                words.dataLicence(),
                words.commercialUse(),
                then.network(),
                then.parameters(),
                then.training().refitted(text, temperature.value(), temperature.reason(), origin),
                fit.figures(),
                words.subgroups() == null ? null : Subgroups.notAvailable(words.subgroups()),
                words.limits(),
                null,
                words.scale() == null ? then.scale() : words.scale());
    }
}
