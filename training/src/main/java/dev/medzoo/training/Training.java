package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.learn.Devices;
import dev.medzoo.training.learn.StartingWeights;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.training.learn.TrainingRun;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.pretrain.Backbone;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.training.report.Report;
import dev.medzoo.training.report.Run;
import dev.medzoo.training.report.Software;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.Reading;
import dev.medzoo.zoo.Artifact;
import dev.medzoo.zoo.ArtifactContent;
import dev.medzoo.zoo.ModelCard;
import dev.medzoo.zoo.ModelCard.DataSource;
import dev.medzoo.zoo.ModelCard.SplitMetrics;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.ParentArtifact;
import dev.medzoo.zoo.Subgroups;
import dev.medzoo.zoo.VerifiedArtifact;
import dev.medzoo.zoo.VerifiedStore;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model: from a recipe and a folder of pictures to a candidate folder.
 *
 * @param recipe file
 * @param data folder with {@code manifest.csv}
 * @param out folder of the candidate; what a stopped run needs to go on lies beside it, in {@code
 *     <out>.checkpoint}
 * @param from artifact ({@code name}, {@code name/1.0.0}), candidate folder or backbone folder
 *     whose weights to start from, or null for random ones
 * @param devices that train; each takes its share of every batch, and the first judges
 * @param resume whether to go on with a run that was stopped
 */
public record Training(
        Path recipe,
        Path data,
        Path out,
        @Nullable String from,
        List<Device> devices,
        boolean resume) {
    public Training {
        devices = List.copyOf(devices);
    }

    private static final long DECODED_BYTES = 1L << 30;

    /** The kind of report that a training run writes. */
    static final String REPORT = "train";

    /** Weights to start from, and where they came from. */
    private record Parent(
            StartingWeights weights, ParentArtifact identity, @Nullable Backbone backbone) {}

    /** Where {@link #run} writes what a person would read. */
    public Path report() {
        return Report.path(out, REPORT);
    }

    /**
     * Runs it to the end.
     *
     * @return the figures on {@code val}
     * @throws FileAlreadyExistsException when the candidate is there already, or a checkpoint and
     *     {@code resume} is not set
     * @throws IllegalArgumentException when recipe, data and parent do not fit together
     */
    public SplitMetrics run(TrainingProgress progress)
            throws IOException, MalformedModelException, ModelNotFoundException {
        String text = Files.readString(recipe);
        Recipe parsed = Recipe.parse(text, recipe.toString());
        PictureSet pictures = PictureSet.open(data);
        refuseOtherData(parsed, pictures);
        ForeignExamples foreign = ForeignExamples.open(pictures, parsed.foreign());
        Path checkpoint = out.resolveSibling(out.getFileName() + ".checkpoint");
        refuseToOverwrite(checkpoint);
        Parent parent = from == null ? null : parent(from);
        if ((parent != null) != (parsed.transfer() != null)) {
            throw new IllegalArgumentException(
                    "from: %s (expected: %s, as the recipe %s a transfer)"
                            .formatted(
                                    from == null ? "nothing" : from,
                                    parent == null ? "an artifact" : "nothing",
                                    parent == null ? "is" : "is not"));
        }
        String sha256 = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
        try (TrainingRun run =
                new TrainingRun(
                        parsed,
                        sha256,
                        pictures,
                        new PictureReader(DECODED_BYTES),
                        parent == null ? null : parent.weights(),
                        checkpoint,
                        devices,
                        progress)) {
            if (resume) {
                run.resume();
            }
            run.run();
            return write(run, parsed, text, pictures, parent, foreign);
        }
    }

    private static void refuseOtherData(Recipe recipe, PictureSet pictures) {
        if (!recipe.dataSet().equals(pictures.name())) {
            throw new IllegalArgumentException(
                    "data: %s (expected: a folder named %s, as the recipe says)"
                            .formatted(pictures.name(), recipe.dataSet()));
        }
    }

    private void refuseToOverwrite(Path checkpoint) throws FileAlreadyExistsException {
        if (Files.exists(out)) {
            throw new FileAlreadyExistsException(
                    out.toString(), null, "is there already (expected: a new folder)");
        }
        if (!resume && Files.exists(checkpoint)) {
            throw new FileAlreadyExistsException(
                    checkpoint.toString(), null, "is there already (expected: --resume)");
        }
    }

    private static Parent parent(String from)
            throws IOException, MalformedModelException, ModelNotFoundException {
        Path folder = Path.of(from);
        if (Backbone.isIn(folder)) {
            Backbone backbone = Backbone.read(folder);
            return new Parent(
                    manager -> backbone.network(folder, manager), backbone.identity(), backbone);
        }
        if (Files.isDirectory(folder)) {
            ArtifactContent content = ArtifactContent.ofCandidate(folder);
            return new Parent(
                    content::network, identity(content, content.manifest().digest()), null);
        }
        VerifiedArtifact artifact =
                VerifiedStore.of(Store.fromSettings()).artifact(ModelReference.parse(from));
        ArtifactContent content = artifact.content();
        return new Parent(content::network, identity(content, artifact.digest()), null);
    }

    private static ParentArtifact identity(ArtifactContent content, String digest) {
        return new ParentArtifact(content.artifact().name(), content.artifact().version(), digest);
    }

    private SplitMetrics write(
            TrainingRun run,
            Recipe parsed,
            String text,
            PictureSet pictures,
            @Nullable Parent parent,
            ForeignExamples foreign)
            throws IOException {
        Scores scores = run.score("val");
        Reading reading =
                FittedReading.of(
                        run.transform(),
                        pictures.labels(),
                        scores,
                        run.scoreSomeOfTrain(FittedReading.DOMAIN_PICTURES),
                        run.scored(foreign::toFit));
        ParentArtifact origin = parent == null ? null : parent.identity();
        Artifact artifact =
                new Artifact(
                        Artifact.FORMAT,
                        parsed.name(),
                        parsed.version(),
                        run.network().config(),
                        reading,
                        origin);
        SplitMetrics val = Evaluation.metrics(scores, reading, "val", Map.of());
        ModelCard card = card(run, parsed, text, pictures, parent, reading.temperature(), val);
        new Candidate(artifact, card, run.network()).write(out);
        TrainingCurve curve = new TrainingCurve(text, run.curve());
        curve.write(out);
        Run here = Run.here(command(), Devices.text(devices), 60 * run.minutes());
        new Report(card, "val", scores, curve.charts(), here).write(report());
        return val;
    }

    private ModelCard card(
            TrainingRun run,
            Recipe parsed,
            String text,
            PictureSet pictures,
            @Nullable Parent parent,
            double temperature,
            SplitMetrics val) {
        Recipe.CardText words = parsed.card();
        DataSource source =
                new DataSource(
                        pictures.name(),
                        "trained on train, chosen and calibrated on val, scored on test",
                        words.dataLicence(),
                        words.citation(),
                        pictures.manifestSha256(),
                        pictures.sizes());
        ModelCard.Training provenance =
                new ModelCard.Training(
                        command(),
                        text,
                        parsed.seed(),
                        run.curve().size(),
                        run.bestRound(),
                        run.minutes(),
                        Devices.text(devices)
                                + ", "
                                + Runtime.getRuntime().availableProcessors()
                                + " cores",
                        Software.versions(),
                        parent == null
                                ? null
                                : parent.identity().name() + "/" + parent.identity().version(),
                        temperature,
                        parent == null || parent.backbone() == null
                                ? null
                                : parent.backbone().provenance());
        return new ModelCard(
                parsed.name(),
                parsed.version(),
                words.summary(),
                Finding.NOTICE,
                words.intendedUse(),
                words.outOfScope(),
                List.of(source),
                words.dataLicence(),
                words.commercialUse(),
                run.network().config(),
                run.network().parameterCount(),
                provenance,
                List.of(val),
                words.subgroups() == null ? null : Subgroups.notAvailable(words.subgroups()),
                words.limits());
    }

    /** As a person would type it again: an absolute path, a machine's own, by its last name. */
    private String command() {
        StringBuilder command = new StringBuilder("medzoo train");
        command.append(" --recipe ").append(portable(recipe));
        command.append(" --data ").append(portable(data));
        command.append(" --out ").append(portable(out));
        if (from != null) {
            command.append(" --from ").append(from);
        }
        command.append(" --device ").append(Devices.text(devices));
        return command.toString();
    }

    private static Path portable(Path path) {
        return path.isAbsolute() ? path.getFileName() : path;
    }
}
