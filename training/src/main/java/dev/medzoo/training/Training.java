package dev.medzoo.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.training.data.DataSetUse;
import dev.medzoo.training.data.PictureReader;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.learn.Devices;
import dev.medzoo.training.learn.TrainingLoop;
import dev.medzoo.training.learn.TrainingProgress;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.training.recipe.PrecisionChoice;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.training.report.Baseline;
import dev.medzoo.training.report.Baselines;
import dev.medzoo.training.report.Report;
import dev.medzoo.training.report.RunEnvironment;
import dev.medzoo.training.report.SoftwareVersions;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelCard.DataSource;
import dev.medzoo.zoo.artifact.ModelCard.SplitMetrics;
import dev.medzoo.zoo.artifact.ParentArtifact;
import dev.medzoo.zoo.artifact.Subgroups;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model from a recipe and a folder of pictures, and writes a candidate folder.
 *
 * @param recipe file
 * @param data folder with {@code manifest.csv}, or the parent folder of the recipe's data sets
 * @param out folder of the candidate; the checkpoint to resume from lies beside it, in {@code
 *     <out>.checkpoint}
 * @param from artifact ({@code name}, {@code name/1.0.0}), candidate folder or backbone folder
 *     whose weights to start from, or null for random ones
 * @param devices for training; each takes a share of every batch, and the first runs the validation
 * @param resume whether to resume a stopped run
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

    /** Path of the report that {@link #run} writes. */
    public Path report() {
        return Report.path(out, REPORT);
    }

    /**
     * Finds every fault that would prevent the run. Reads every picture.
     *
     * @param note receives a sentence about each check that was not possible
     * @return one sentence per fault; empty if training may begin
     */
    public static List<String> check(
            Path recipe, Path data, @Nullable String from, Consumer<String> note)
            throws IOException {
        return new Preflight(Recipe.read(recipe), data, from, Store.fromSettings(), note).faults();
    }

    /**
     * Runs it to the end.
     *
     * @return the figures on {@code val}
     * @throws FileAlreadyExistsException when the candidate exists already, or when a checkpoint
     *     exists and {@code resume} is not set
     * @throws FileSystemException when another run writes the candidate
     * @throws IllegalArgumentException when recipe, data, parent and store do not fit together;
     *     thrown before the first step, with all faults of {@link #check}
     */
    @SuppressWarnings("try") // The lock is held, never asked.
    public SplitMetrics run(TrainingProgress progress)
            throws IOException, MalformedModelException, ModelNotFoundException {
        Path checkpoint = out.resolveSibling(out.getFileName() + ".checkpoint");
        refuseToOverwrite(checkpoint);
        Preflight.refuseUnwritable(out);
        try (CandidateLock unused = CandidateLock.take(out)) {
            // Another run may have ended since.
            refuseToOverwrite(checkpoint);
            return runAlone(checkpoint, progress);
        }
    }

    private SplitMetrics runAlone(Path checkpoint, TrainingProgress progress)
            throws IOException, MalformedModelException, ModelNotFoundException {
        String given = Files.readString(recipe);
        PrecisionChoice choice = PrecisionChoice.on(devices.get(0));
        String text = choice.settle(given);
        Recipe parsed = Recipe.parse(text, recipe.toString());
        progress.note(choice.message(given, parsed.precision()));
        StartingPoint parent =
                from == null || parsed.transfer() == null ? null : StartingPoint.of(from);
        Store store = Store.fromSettings();
        FaultyDataException.refuse(
                new Preflight(parsed, data, from, store, progress::note).faults());
        PictureSets pictures = pictures(parsed, data);
        ForeignExamples foreign = ForeignExamples.open(pictures, parsed.foreign());
        String sha256 = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
        try (TrainingLoop run =
                new TrainingLoop(
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
            return write(run, parsed, text, pictures, parent, foreign, progress);
        }
    }

    /**
     * The data sets of a recipe.
     *
     * @param data folder with {@code manifest.csv}, if the recipe has one data set, or the parent
     *     of the data sets' folders
     * @throws IllegalArgumentException listing all their faults
     */
    static PictureSets pictures(Recipe recipe, Path data) throws IOException {
        return PictureSets.open(
                Preflight.folders(recipe.sets(), data), recipe.sets(), recipe.labels());
    }

    private void refuseToOverwrite(Path checkpoint) throws FileAlreadyExistsException {
        if (Files.exists(out)) {
            throw new FileAlreadyExistsException(
                    out.toString(), null, "already exists (expected: a new folder)");
        }
        if (!resume && Files.exists(checkpoint)) {
            throw new FileAlreadyExistsException(
                    checkpoint.toString(), null, "already exists (expected: --resume)");
        }
    }

    private SplitMetrics write(
            TrainingLoop run,
            Recipe parsed,
            String text,
            PictureSets pictures,
            @Nullable StartingPoint parent,
            ForeignExamples foreign,
            TrainingProgress progress)
            throws IOException {
        Fit fit =
                run.scored(
                        (scorer, loader) ->
                                Fit.of(scorer, loader, run.transform(), pictures, foreign));
        progress.note("temperature: " + fit.temperature().reason());
        ParentArtifact origin = parent == null ? null : parent.identity();
        Artifact artifact =
                new Artifact(
                        Artifact.FORMAT,
                        parsed.name(),
                        parsed.version(),
                        run.network().config(),
                        fit.reading(),
                        origin);
        ModelCard card = card(run, parsed, text, pictures, parent, fit);
        byte[] eightBits =
                run.scored(
                        (scorer, loader) ->
                                EightBitForm.of(
                                        artifact, run.network(), fit.val(), loader, pictures));
        Candidate.trained(artifact, card, run.network(), eightBits).write(out);
        TrainingCurve curve = new TrainingCurve(text, run.curve());
        curve.write(out);
        RunEnvironment here =
                RunEnvironment.here(command(), Devices.text(devices), 60 * run.minutes());
        new Report(
                        card,
                        "val",
                        fit.val(),
                        new ShownPictures(pictures.split("val")),
                        baselines(parent, pictures, run.transform()),
                        curve.charts(),
                        here)
                .write(report());
        return fit.figures().get(0);
    }

    /** Result on {@code val} of a linear classifier on the parent's features. */
    private static Baselines baselines(
            @Nullable StartingPoint parent, PictureSets pictures, Transform transform)
            throws IOException {
        if (parent == null || pictures.parts().size() != 1) {
            return Baselines.NONE;
        }
        Baseline linear =
                new Baseline(
                        parent.name() + " as it came, with a linear classifier",
                        null,
                        parent.linearOnVal(pictures.parts().get(0), transform),
                        null);
        return new Baselines(List.of(linear), List.of());
    }

    private ModelCard card(
            TrainingLoop run,
            Recipe parsed,
            String text,
            PictureSets pictures,
            @Nullable StartingPoint parent,
            Fit fit) {
        Temperature.Chosen temperature = fit.temperature();
        Recipe.CardText words = parsed.card();
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
                        SoftwareVersions.versions(),
                        parent == null
                                ? null
                                : parent.identity().name() + "/" + parent.identity().version(),
                        temperature.value(),
                        parent == null || parent.backbone() == null
                                ? null
                                : parent.backbone().provenance(),
                        run.cost(),
                        temperature.reason(),
                        null);
        return new ModelCard(
                parsed.name(),
                parsed.version(),
                words.summary(),
                Finding.NOTICE,
                words.intendedUse(),
                words.outOfScope(),
                sources(parsed.sets(), parsed.card(), pictures, Training::role),
                words.dataLicence(),
                words.commercialUse(),
                run.network().config(),
                run.network().parameterCount(),
                provenance,
                fit.figures(),
                words.subgroups() == null ? null : Subgroups.notAvailable(words.subgroups()),
                words.limits(),
                null,
                words.scale());
    }

    /**
     * Creates the card's records of data sets.
     *
     * @param uses of each
     * @param role what a set was used for
     */
    static List<DataSource> sources(
            List<DataSetUse> uses,
            Recipe.CardText words,
            PictureSets pictures,
            Function<PictureSet, String> role) {
        List<DataSource> sources = new ArrayList<>();
        for (int i = 0; i < pictures.parts().size(); i++) {
            PictureSet set = pictures.parts().get(i);
            DataSetUse use = uses.get(i);
            List<String> leftOut = pictures.leftOut(i);
            sources.add(
                    new DataSource(
                            set.name(),
                            role.apply(set),
                            use.licence() == null ? words.dataLicence() : use.licence(),
                            use.citation() == null ? words.citation() : use.citation(),
                            set.manifestSha256(),
                            set.sizes(),
                            leftOut.isEmpty() ? null : leftOut));
        }
        return sources;
    }

    private static String role(PictureSet set) {
        List<String> roles = new ArrayList<>();
        addRole(roles, set, "train", "trained on train");
        addRole(roles, set, "val", "chosen and calibrated on val");
        addRole(roles, set, "test", "scored on test");
        return String.join(", ", roles);
    }

    static void addRole(List<String> to, PictureSet set, String split, String role) {
        if (set.has(split)) {
            to.add(role);
        }
    }

    /**
     * The command to repeat the run; an absolute path, which is specific to a machine, is shortened
     * to its last name.
     */
    private String command() {
        StringBuilder command = new StringBuilder("medzoo train");
        command.append(" --recipe ").append(portable(recipe));
        command.append(" --data ").append(portable(data));
        command.append(" --out ").append(portable(out));
        if (from != null) {
            command.append(" --from ").append(portable(Path.of(from)));
        }
        command.append(" --device ").append(Devices.text(devices));
        return command.toString();
    }

    private static Path portable(Path path) {
        return path.isAbsolute() ? path.getFileName() : path;
    }
}
