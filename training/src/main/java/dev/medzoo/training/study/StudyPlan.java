package dev.medzoo.training.study;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.medzoo.training.recipe.Yaml;
import dev.medzoo.translate.transform.InputSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which models a study trains, and how.
 *
 * @param purpose of the study; absent for evidence
 * @param inputSide side of the square that every network sees, in pixels
 * @param shares of the labels that the arms get, rising, in (0, 1], the last 1
 * @param seeds one for each repetition; it decides weights, order of pictures and label share
 * @param tasks in the order in which they are run: an arm starts from arms above it only
 */
record StudyPlan(
        @Nullable Purpose purpose,
        int inputSide,
        List<Double> shares,
        List<Long> seeds,
        List<Task> tasks) {
    /** What a study is for. */
    enum Purpose {
        /** To show that an order of arms holds: judged on {@code test}. */
        EVIDENCE,
        /**
         * To choose between ways of training: judged on {@code val}, {@code test} never read, and
         * each arm of a task compared with its first.
         */
        CHOICE
    }

    StudyPlan {
        purpose = purpose == null ? Purpose.EVIDENCE : purpose;
        shares = PlanEntries.some("shares", shares);
        seeds = PlanEntries.some("seeds", seeds);
        tasks = PlanEntries.some("tasks", tasks);
        double last = 0;
        for (double share : shares) {
            if (!(share > last && share <= 1)) {
                throw new IllegalArgumentException(
                        "shares: " + shares + " (expected: rising to 1)");
            }
            last = share;
        }
        if (last != 1) {
            throw new IllegalArgumentException("shares: " + shares + " (expected: rising to 1)");
        }
        for (Task task : tasks) {
            if (!shares.containsAll(task.leak())) {
                throw new IllegalArgumentException(
                        "leak: %s (expected: among the shares, %s)".formatted(task.leak(), shares));
            }
        }
        PlanEntries.distinct("seeds", seeds);
        PlanEntries.distinct("tasks", tasks.stream().map(Task::name).toList());
        refuseUnknownParents(tasks);
    }

    /**
     * One data set and the ways of learning it that are compared.
     *
     * @param name of the task, which names its folder
     * @param dataSet name of its folder of pictures
     * @param form size in pixels that every picture is brought to first; absent for its own
     * @param steps of the optimiser that every run gets, whatever its arm and its share of labels
     * @param folds of the cross-validation over groups, with all labels; 0 for none
     * @param leak shares of the labels at which it is learnt on leaky splits too, which shows how
     *     far they mislead; absent for none
     * @param measures by which the arms are compared; the first is the one that is tested
     * @param caveat what a reader must know of its figures; absent for nothing
     * @param settings entries of a recipe; {@code transfer} counts for arms that start from another
     * @param arms from the plainest to the one that is claimed to be best
     */
    record Task(
            String name,
            String dataSet,
            @Nullable InputSize form,
            int steps,
            int folds,
            List<Double> leak,
            List<String> measures,
            @Nullable String caveat,
            Map<String, Object> settings,
            List<Arm> arms) {
        Task {
            PlanEntries.named("tasks: name", name);
            PlanEntries.some("dataSet", dataSet == null ? null : List.of(dataSet));
            measures = PlanEntries.some("measures", measures);
            arms = PlanEntries.some("arms", arms);
            if (steps < 1) {
                throw new IllegalArgumentException("steps: " + steps + " (expected: at least 1)");
            }
            if (folds != 0 && folds < 3) {
                throw new IllegalArgumentException(
                        "folds: " + folds + " (expected: 0 for none, or at least 3)");
            }
            if (settings == null) {
                throw new IllegalArgumentException("settings: missing (expected: to be there)");
            }
            leak = PlanEntries.orNone(leak);
            PlanEntries.distinct("leak", leak);
            PlanEntries.distinct("measures", measures);
            PlanEntries.distinct("arms", arms.stream().map(Arm::name).toList());
        }

        /** All protocols of this task, the fixed split first. */
        @JsonIgnore
        List<Protocol> protocols() {
            List<Protocol> protocols = new ArrayList<>(List.of(Protocol.FIXED_SPLIT));
            if (folds > 0) {
                protocols.add(Protocol.CROSS_VALIDATION);
            }
            if (!leak.isEmpty()) {
                protocols.add(Protocol.LEAKY_SPLIT);
            }
            return protocols;
        }
    }

    /**
     * A way of learning a task.
     *
     * @param name of the arm
     * @param from folder of a backbone or of a model, {@code name/version} of a model, or {@code
     *     task/arm} whose run with the same seed and all labels it starts from; absent when it
     *     starts from random weights
     * @param settings entries of a recipe that take the place of the task's; absent for none
     */
    record Arm(String name, @Nullable String from, @Nullable Map<String, Object> settings) {
        Arm {
            PlanEntries.named("arms: name", name);
        }

        /** Whether it starts from an arm: a model's version has dots, and an arm's name none. */
        @JsonIgnore
        boolean startsFromArm() {
            return from != null && from.contains("/") && !from.contains(".");
        }

        /** Whether it starts from the same weights in every seed. */
        @JsonIgnore
        boolean startsFromOneParent() {
            return from != null && !startsFromArm();
        }
    }

    /**
     * Reads a plan from YAML.
     *
     * @throws IllegalArgumentException naming the file, the line and what is wrong there
     */
    static StudyPlan read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    static StudyPlan parse(String text, String source) {
        return Yaml.parse(text, "plan " + source, StudyPlan.class);
    }

    /**
     * Every run, in the order in which they are trained: the first seed of all tasks comes before
     * the second of any, and what others start from comes first.
     */
    @JsonIgnore
    List<StudyRunId> runs() {
        List<StudyRunId> runs = new ArrayList<>();
        for (long seed : seeds) {
            for (Task task : tasks) {
                for (double share : shares) {
                    task.arms().forEach(arm -> runs.add(StudyRunId.fixed(task, arm, share, seed)));
                }
                for (int fold = 1; fold <= task.folds(); fold++) {
                    for (Arm arm : task.arms()) {
                        runs.add(StudyRunId.fold(task, arm, seed, fold));
                    }
                }
                for (double share : task.leak()) {
                    task.arms().forEach(arm -> runs.add(StudyRunId.leaky(task, arm, share, seed)));
                }
            }
        }
        return runs;
    }

    /** Whether the runs are judged on {@code val}, and {@code test} is left alone. */
    @JsonIgnore
    boolean isChoice() {
        return purpose == Purpose.CHOICE;
    }

    /** The run that another starts from, or null when it starts from a backbone or from nothing. */
    @Nullable StudyRunId parent(StudyRunId run) {
        String from = run.arm().from();
        if (from == null || !run.arm().startsFromArm()) {
            return null;
        }
        return runs().stream()
                .filter(of -> from.equals(of.task().name() + "/" + of.arm().name()))
                .filter(of -> of.equals(StudyRunId.fixed(of.task(), of.arm(), 1, run.seed())))
                .findFirst()
                .orElseThrow();
    }

    /** Everything that decides a run but its pictures and the weights it starts from. */
    Map<String, Object> recipe(StudyRunId run) {
        Map<String, Object> recipe = new LinkedHashMap<>();
        recipe.put("name", run.task().name() + "-" + run.arm().name());
        recipe.put("version", "0.0.0");
        recipe.put("dataSet", run.task().dataSet());
        recipe.put("inputSide", inputSide);
        recipe.putAll(run.task().settings());
        recipe.putAll(Objects.requireNonNullElse(run.arm().settings(), Map.of()));
        recipe.put("steps", run.task().steps());
        recipe.put("seed", run.seed());
        if (run.arm().from() == null) {
            recipe.remove("transfer");
        }
        return recipe;
    }

    private static void refuseUnknownParents(List<Task> tasks) {
        Set<String> above = new HashSet<>();
        for (Task task : tasks) {
            for (Arm arm : task.arms()) {
                if (arm.startsFromArm() && !above.contains(arm.from())) {
                    throw new IllegalArgumentException(
                            "from: %s (expected: a backbone, name/version, or task/arm of one above %s/%s)"
                                    .formatted(arm.from(), task.name(), arm.name()));
                }
                above.add(task.name() + "/" + arm.name());
            }
        }
    }
}
