package dev.medzoo.training.study;

import dev.medzoo.training.study.ScoredPictures.Picture;
import dev.medzoo.training.study.StudyPlan.Arm;
import dev.medzoo.training.study.StudyPlan.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a task's runs, as far as they are there and are of the plan. */
final class TaskRuns {
    private final StudyPlan plan;
    private final Task task;
    private final @Nullable ScoredPictures pictures;
    private final @Nullable LeakyPictures leaky;
    private final Map<StudyRunId, StudyRunResult> files = new LinkedHashMap<>();
    private final List<StudyRunId> missing = new ArrayList<>();

    TaskRuns(StudyPlan plan, Task task, Path out) throws IOException {
        this.plan = plan;
        this.task = task;
        Path scored = out.resolve(picturesFile(task));
        pictures = Files.exists(scored) ? ScoredPictures.read(scored) : null;
        Path leakyFile = out.resolve(leakyPicturesFile(task));
        leaky = Files.exists(leakyFile) ? LeakyPictures.read(leakyFile) : null;
        for (StudyRunId run : planned()) {
            Path file = out.resolve(run.file());
            StudyRunResult read = Files.exists(file) ? StudyRunResult.read(file) : null;
            if (read != null && isOfPlan(run, read)) {
                files.put(run, read);
            } else {
                missing.add(run);
            }
        }
    }

    static String picturesFile(Task task) {
        return "runs/" + task.name() + "/pictures.json";
    }

    static String leakyPicturesFile(Task task) {
        return "runs/" + task.name() + "/pictures-leak.json";
    }

    private boolean isOfPlan(StudyRunId run, StudyRunResult file) {
        return pictures != null
                && pictures.manifestSha256().equals(file.manifestSha256())
                && pictures.folds() == task.folds()
                && (!run.isLeaky() || isOfLeak(run, file))
                && file.follows(plan.recipe(run));
    }

    private boolean isOfLeak(StudyRunId run, StudyRunResult file) {
        return leaky != null
                && leaky.manifestSha256().equals(file.manifestSha256())
                && leaky.splits().containsKey(run.seed());
    }

    private List<StudyRunId> planned() {
        return plan.runs().stream().filter(run -> run.task().equals(task)).toList();
    }

    Task task() {
        return task;
    }

    /** Whether the runs are judged on {@code val}, each arm against the first. */
    boolean isChoice() {
        return plan.isChoice();
    }

    /** Runs without a file, or with one of another plan. */
    List<StudyRunId> missing() {
        return List.copyOf(missing);
    }

    Map<StudyRunId, StudyRunResult> files() {
        return Map.copyOf(files);
    }

    /** The classes; none before there is a run. */
    List<String> labels() {
        return pictures == null ? List.of() : pictures.labels();
    }

    /** The files of one arm's runs at one share, by seed; of all folds, or of the fixed split. */
    Map<Long, List<StudyRunResult>> of(Cell cell, Protocol protocol) {
        Map<Long, List<StudyRunResult>> bySeed = new TreeMap<>();
        files.forEach(
                (run, file) -> {
                    if (cell.has(run) && run.protocol() == protocol) {
                        bySeed.computeIfAbsent(run.seed(), seed -> new ArrayList<>()).add(file);
                    }
                });
        return bySeed;
    }

    /** The verdicts of every complete repetition: a cross-validation that lacks a fold has none. */
    Map<Cell, Map<Long, SeedPredictions>> verdicts(Protocol protocol) {
        Map<Cell, Map<Long, List<SeedPredictions>>> found = new LinkedHashMap<>();
        files.forEach(
                (run, file) -> {
                    if (run.protocol() == protocol && pictures != null) {
                        found.computeIfAbsent(Cell.of(run), cell -> new TreeMap<>())
                                .computeIfAbsent(run.seed(), seed -> new ArrayList<>())
                                .add(
                                        SeedPredictions.of(
                                                pictures.labels().size(),
                                                judged(run, pictures),
                                                plan.isChoice() ? file.val() : file.test(),
                                                file.temperature()));
                    }
                });
        int parts = protocol == Protocol.CROSS_VALIDATION ? task.folds() : 1;
        Map<Cell, Map<Long, SeedPredictions>> complete = new LinkedHashMap<>();
        found.forEach(
                (cell, seeds) ->
                        seeds.forEach(
                                (seed, of) -> {
                                    if (of.size() == parts) {
                                        complete.computeIfAbsent(cell, key -> new TreeMap<>())
                                                .put(seed, SeedPredictions.pooled(of));
                                    }
                                }));
        return complete;
    }

    /** The pictures that a run was judged on, in the order of its logits. */
    private List<Picture> judged(StudyRunId run, ScoredPictures pictures) {
        if (run.isLeaky()) {
            return Objects.requireNonNull(leaky)
                    .split(plan.isChoice() ? "val" : "test", run.seed());
        }
        return plan.isChoice() ? pictures.val(run) : pictures.test(run);
    }

    /** The leaky splits; null before there is a run of them. */
    @Nullable LeakyPictures leaky() {
        return leaky;
    }

    /**
     * An arm at a share of the labels.
     *
     * @param arm of the task
     * @param share of the labels, in (0, 1]
     */
    record Cell(Arm arm, double share) {
        static Cell of(StudyRunId run) {
            return new Cell(run.arm(), run.share());
        }

        boolean has(StudyRunId run) {
            return equals(of(run));
        }
    }
}
