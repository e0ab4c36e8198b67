package dev.medzoo.training.study;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.learn.Devices;
import dev.medzoo.training.learn.GracefulStop;
import dev.medzoo.training.learn.StartingWeights;
import dev.medzoo.training.recipe.PrecisionChoice;
import dev.medzoo.training.recipe.Recipe.Precision;
import dev.medzoo.training.report.SoftwareVersions;
import dev.medzoo.training.study.ParentWeights.Parent;
import dev.medzoo.training.study.StudyPlan.Task;
import dev.medzoo.training.study.StudyTrainer.Outcome;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains every run of a plan that is not done yet, and writes the page. Each run leaves one file,
 * completely or not at all, so whatever ends a study costs it the run at hand only.
 */
public final class Study {
    private final Path planFile;
    private final StudyPlan plan;
    private final Path out;
    private final Path work;
    private final @Nullable String precision;
    private final StudyRunKeys keys;
    private final List<StudyRunKeys> others;
    private final StudyTrainer trainer;
    private final Device device;
    private final Consumer<String> lines;
    private final GracefulStop stop;

    /**
     * Where a study finds and leaves its things.
     *
     * @param out folder of the page and of the run files
     * @param data folder of the folders of pictures
     * @param backbones folder of the backbones and models that runs start from, each a folder that
     *     {@code medzoo pretrain} or {@code medzoo train} wrote
     * @param models store of the published models that runs start from
     * @param work folder for weights that other runs start from
     */
    public record Places(Path out, Path data, Path backbones, Store models, Path work) {}

    /**
     * @param planFile such as {@code training/recipes/study.yaml}
     * @param stop asked between the steps of a run
     * @param lines is told how it goes, a line at a time
     * @throws IllegalArgumentException when the plan cannot be followed
     */
    public Study(
            Path planFile, Places places, Device device, GracefulStop stop, Consumer<String> lines)
            throws IOException {
        this.planFile = planFile;
        this.stop = stop;
        this.lines = lines;
        this.device = device;
        String text = Files.readString(planFile);
        PrecisionChoice choice = PrecisionChoice.on(device);
        String settled = choice.settle(text);
        plan = StudyPlan.parse(settled, planFile.toString());
        precision = settled.equals(text) ? null : choice.message(text, choice.precision());
        plan.runs().forEach(run -> StudyTrainer.check(plan.recipe(run)));
        out = places.out();
        work = places.work();
        keys = new StudyRunKeys(plan, places);
        others = others(text, places);
        trainer = new StudyTrainer(device, stop);
    }

    /**
     * The keys of runs whose precision another machine chose: they count where a plan says auto.
     */
    private static List<StudyRunKeys> others(String text, Places places) {
        List<StudyRunKeys> others = new ArrayList<>();
        for (Precision each : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
            String settled = new PrecisionChoice(each, "").settle(text);
            if (!settled.equals(text)) {
                others.add(new StudyRunKeys(StudyPlan.parse(settled, "elsewhere"), places));
            }
        }
        return others;
    }

    /** Trains what is missing, whoever else does. */
    int run(@Nullable String only, int most) throws IOException, MalformedModelException {
        return run(only, StudyShard.ALL, most);
    }

    /**
     * Trains what is missing.
     *
     * @param only task whose runs are wanted, with those that they start from, or null for all
     * @param part of them that is trained here
     * @param most runs to train now
     * @return how many are still to be trained here
     * @throws CancellationException when it was stopped
     */
    public int run(@Nullable String only, StudyShard part, int most)
            throws IOException, MalformedModelException {
        List<StudyRunId> pending = pending(wanted(only, part));
        for (Task task : plan.tasks()) {
            if (pending.stream().anyMatch(run -> run.task().equals(task))) {
                writePictures(task);
            }
        }
        lines.accept("runs to train: " + pending.size());
        if (precision != null) {
            lines.accept(precision);
        }
        long begun = System.nanoTime();
        int now = Math.min(most, pending.size());
        for (int i = 0; i < now; i++) {
            StudyRunResult file = train(pending.get(i));
            double seconds = (System.nanoTime() - begun) / 1e9;
            lines.accept(StudyProgressLine.of(i + 1, file, pending, seconds));
        }
        return pending.size() - now;
    }

    /** Writes the page from the files of the runs that there are. */
    public void writePage() throws IOException {
        new ResultsPage(plan, planFile, out).write();
        lines.accept("page: " + out.resolve(ResultsPage.FILE));
    }

    private List<StudyRunId> wanted(@Nullable String only, StudyShard part) {
        if (only != null && plan.tasks().stream().noneMatch(task -> task.name().equals(only))) {
            throw new IllegalArgumentException(
                    "only: %s (expected one of: %s)"
                            .formatted(only, plan.tasks().stream().map(Task::name).toList()));
        }
        Set<StudyRunId> wanted = new HashSet<>();
        for (StudyRunId run : plan.runs()) {
            boolean asked = only == null || run.task().name().equals(only);
            if (part.has(run.seed(), plan.seeds()) && asked) {
                StudyRunId next = run;
                while (next != null) {
                    wanted.add(next);
                    next = plan.parent(next);
                }
            }
        }
        return plan.runs().stream().filter(wanted::contains).toList();
    }

    /** Runs without a file that fits, and those whose weights such a run needs and lacks. */
    private List<StudyRunId> pending(List<StudyRunId> wanted) throws IOException {
        Set<StudyRunId> pending = new HashSet<>();
        for (StudyRunId run : wanted) {
            if (!isDone(run)) {
                pending.add(run);
            }
        }
        for (StudyRunId run : List.copyOf(pending)) {
            StudyRunId parent = plan.parent(run);
            while (parent != null && !Files.exists(weights(parent))) {
                pending.add(parent);
                parent = plan.parent(parent);
            }
        }
        return wanted.stream().filter(pending::contains).toList();
    }

    private boolean isDone(StudyRunId run) throws IOException {
        String key = keys.of(run);
        Path file = out.resolve(run.file());
        if (!Files.exists(file)) {
            return false;
        }
        String found = StudyRunResult.read(file).key();
        return found.equals(key) || isOfAnotherMachine(run, found);
    }

    private boolean isOfAnotherMachine(StudyRunId run, String key) throws IOException {
        for (StudyRunKeys each : others) {
            if (each.ofPath(run.path()).equals(key)) {
                return true;
            }
        }
        return false;
    }

    private void writePictures(Task task) throws IOException {
        Path file = out.resolve(TaskRuns.picturesFile(task));
        ScoredPictures pictures = ScoredPictures.of(keys.pictures(task), task.folds());
        task.measures().forEach(name -> Measure.of(name, pictures.labels()).check(pictures));
        if (!Files.exists(file) || !ScoredPictures.read(file).equals(pictures)) {
            pictures.write(file);
        }
        if (!task.leak().isEmpty()) {
            LeakyPictures leaky = LeakyPictures.of(keys.pictures(task), plan.seeds());
            leaky.write(out.resolve(TaskRuns.leakyPicturesFile(task)));
        }
    }

    private StudyRunResult train(StudyRunId run) throws IOException, MalformedModelException {
        stop.begin();
        try {
            StudyRunResult file = trained(run);
            file.write(out.resolve(run.file()));
            return file;
        } finally {
            stop.end();
        }
    }

    private StudyRunResult trained(StudyRunId run) throws IOException, MalformedModelException {
        PictureSet pictures = pictures(run).withTrainShare(run.share(), run.seed());
        StudyRunId parent = plan.parent(run);
        boolean isParent = plan.runs().stream().anyMatch(of -> run.equals(plan.parent(of)));
        Map<String, Object> recipe = plan.recipe(run);
        Files.createDirectories(work);
        long begun = System.nanoTime();
        Outcome outcome =
                trainer.train(
                        recipe,
                        pictures,
                        !plan.isChoice(),
                        from(run),
                        isParent ? weights(run) : null);
        return new StudyRunResult(
                run.path(),
                keys.of(run),
                recipe,
                run.share(),
                pictures.split("train").size(),
                parent == null ? run.arm().from() : parent.path(),
                keys.ofParent(run),
                pictures.manifestSha256(),
                outcome.steps(),
                StudyRunResult.rounded((System.nanoTime() - begun) / 60e9),
                StudyRunResult.rounded(outcome.waiting()),
                Devices.text(device) + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                SoftwareVersions.versions(),
                outcome.curve(),
                outcome.temperature(),
                outcome.val(),
                outcome.test());
    }

    private @Nullable StartingWeights from(StudyRunId run)
            throws IOException, MalformedModelException {
        StudyRunId parent = plan.parent(run);
        if (parent != null) {
            return ParentWeights.read(weights(parent));
        }
        Parent fixed = keys.weights(run);
        return fixed == null ? null : fixed.weights();
    }

    private PictureSet pictures(StudyRunId run) throws IOException {
        PictureSet all = keys.pictures(run.task());
        return run.isLeaky()
                ? all.leaky(run.seed())
                : ScoredPictures.fold(all, run.task().folds(), run.fold());
    }

    /** Named after the run's key: weights of another plan are not taken for these. */
    private Path weights(StudyRunId run) throws IOException {
        return work.resolve(run.path() + "-" + keys.of(run).substring(0, 12));
    }
}
