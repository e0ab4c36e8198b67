package dev.medzoo.training.pretrain;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import dev.medzoo.training.data.PicturePool;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.learn.Devices;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.learn.ProgressInterval;
import dev.medzoo.training.recipe.PrecisionChoice;
import dev.medzoo.training.report.SoftwareVersions;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.network.Network;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pre-trains a network: from a recipe and unlabelled pictures to a backbone's folder.
 *
 * @param recipe file
 * @param data folder in which the data sets' folders lie
 * @param out folder of the backbone; what a stopped run needs to go on lies beside it, in {@code
 *     <out>.checkpoint}
 * @param device that trains
 * @param resume whether to go on with a run that was stopped
 * @param probes names of labelled data sets on whose {@code val} the features are probed in the end
 */
public record Pretrain(
        Path recipe, Path data, Path out, Device device, boolean resume, List<String> probes) {
    /** Between two lines of an epoch. */
    private static final Duration EVERY = Duration.ofSeconds(10);

    public Pretrain {
        probes = List.copyOf(probes);
    }

    /**
     * Runs it to the end.
     *
     * @param progress what it computes in, a line every ten seconds and a line an epoch
     * @param stop asked between the steps
     * @throws FileAlreadyExistsException when the backbone is there already, or a checkpoint and
     *     {@code resume} is not set
     */
    public Backbone run(PrintStream progress, GracefulStop stop)
            throws IOException, MalformedModelException {
        String given = Files.readString(recipe);
        PrecisionChoice choice = PrecisionChoice.on(device);
        String text = choice.settle(given);
        PretrainRecipe parsed = PretrainRecipe.parse(text, recipe.toString());
        progress.println(choice.message(given, parsed.precision()));
        PicturePool pool = PicturePool.open(data, parsed.pool());
        Path checkpoint = out.resolveSibling(out.getFileName() + ".checkpoint");
        if (Backbone.isIn(out)) {
            throw new FileAlreadyExistsException(
                    out.toString(), null, "already exists (expected: a new folder)");
        }
        if (!resume && Files.exists(checkpoint)) {
            throw new FileAlreadyExistsException(
                    checkpoint.toString(), null, "already exists (expected: --resume)");
        }
        progress.println("pool: " + pool.pictures().size() + " pictures");
        ProgressInterval pace = new ProgressInterval(EVERY);
        try (Pretraining run =
                new Pretraining(
                        parsed,
                        pool,
                        checkpoint,
                        device,
                        stop,
                        step -> report(step, pace, progress),
                        epoch -> report(epoch, progress))) {
            run.run();
            Backbone backbone = describe(parsed, text, pool, run);
            backbone.write(out);
            return backbone;
        }
    }

    private Backbone describe(PretrainRecipe parsed, String text, PicturePool pool, Pretraining run)
            throws IOException {
        String sha256 = Backbone.writeWeights(out, run.network());
        return new Backbone(
                parsed.name(),
                parsed.version(),
                run.network().config(),
                text,
                command(),
                pool.sources(),
                parsed.licence(),
                run.losses(),
                run.minutes(),
                Devices.text(device) + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                SoftwareVersions.versions(),
                sha256,
                probe(parsed, run),
                run.cost());
    }

    /**
     * The trained features and, for comparison, those of the random start, on pictures brought to
     * the form that the pool has them in.
     */
    private List<Probe.Result> probe(PretrainRecipe parsed, Pretraining run) throws IOException {
        List<Probe.Result> results = new ArrayList<>();
        for (String name : probes) {
            PictureSet labelled = PictureSet.open(data.resolve(name)).inForm(parsed.form(name));
            Network random = new Network(run.network().config());
            random.initialize(run.manager(), parsed.seed());
            Transform.Fit fit = parsed.transform().fit();
            results.add(Probe.of("random", random, labelled, fit, run.manager()));
            results.add(Probe.of(parsed.name(), run.network(), labelled, fit, run.manager()));
        }
        return results;
    }

    private String command() {
        StringBuilder command = new StringBuilder("medzoo pretrain");
        command.append(" --recipe ").append(portable(recipe));
        command.append(" --data ").append(portable(data));
        command.append(" --out ").append(portable(out));
        probes.forEach(name -> command.append(" --probe ").append(name));
        return command.append(" --device ").append(Devices.text(device)).toString();
    }

    private static Path portable(Path path) {
        return path.isAbsolute() ? path.getFileName() : path;
    }

    private static void report(Pretraining.Step step, ProgressInterval pace, PrintStream out) {
        if (pace.isDue()) {
            out.println(
                    String.format(
                            Locale.ROOT,
                            "epoch %3d/%d  step %d/%d  loss %.4f  %.1f pictures/s",
                            step.epoch(),
                            step.epochs(),
                            step.step(),
                            step.steps(),
                            step.loss(),
                            step.picturesPerSecond()));
        }
    }

    private static void report(Pretraining.Epoch epoch, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "epoch %3d/%d  loss %.4f  %.0f pictures/s (two views each)  waited %.1f %%%n",
                epoch.number(),
                epoch.of(),
                epoch.loss(),
                epoch.picturesPerSecond(),
                100 * epoch.waiting());
    }
}
