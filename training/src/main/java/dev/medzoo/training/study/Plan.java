package dev.medzoo.training.study;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.medzoo.training.recipe.Yaml;
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
import java.util.regex.Pattern;
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
record Plan(
        @Nullable Purpose purpose,
        int inputSide,
        List<Double> shares,
        List<Long> seeds,
        List<Task> tasks) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

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

    Plan {
        purpose = purpose == null ? Purpose.EVIDENCE : purpose;
        shares = some("shares", shares);
        seeds = some("seeds", seeds);
        tasks = some("tasks", tasks);
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
        distinct("seeds", seeds);
        distinct("tasks", tasks.stream().map(Task::name).toList());
        refuseUnknownParents(tasks);
    }

    /**
     * One data set and the ways of learning it that are compared.
     *
     * @param name of the task, which names its folder
     * @param dataSet name of its folder of pictures
     * @param steps of the optimiser that every run gets, whatever its arm and its share of labels
     * @param folds of the cross-validation over groups, with all labels; 0 for none
     * @param measures by which the arms are compared; the first is the one that is tested
     * @param caveat what a reader must know of its figures; absent for nothing
     * @param settings entries of a recipe; {@code transfer} counts for arms that start from another
     * @param arms from the plainest to the one that is claimed to be best
     */
    record Task(
            String name,
            String dataSet,
            int steps,
            int folds,
            List<String> measures,
            @Nullable String caveat,
            Map<String, Object> settings,
            List<Arm> arms) {
        Task {
            named("tasks: name", name);
            some("dataSet", dataSet == null ? null : List.of(dataSet));
            measures = some("measures", measures);
            arms = some("arms", arms);
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
            distinct("measures", measures);
            distinct("arms", arms.stream().map(Arm::name).toList());
        }

        /** All protocols of this task, the fixed split first. */
        @JsonIgnore
        List<Protocol> protocols() {
            return folds == 0
                    ? List.of(Protocol.FIXED_SPLIT)
                    : List.of(Protocol.FIXED_SPLIT, Protocol.CROSS_VALIDATION);
        }
    }

    /**
     * A way of learning a task.
     *
     * @param name of the arm
     * @param from backbone, or {@code task/arm} whose run with the same seed and all labels it
     *     starts from; absent when it starts from random weights
     * @param settings entries of a recipe that take the place of the task's; absent for none
     */
    record Arm(String name, @Nullable String from, @Nullable Map<String, Object> settings) {
        Arm {
            named("arms: name", name);
        }

        /** The arm of another task that it starts from, if it does. */
        @JsonIgnore
        boolean startsFromArm() {
            return from != null && from.contains("/");
        }
    }

    /**
     * Reads a plan from YAML.
     *
     * @throws IllegalArgumentException naming the file, the line and what is wrong there
     */
    static Plan read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    static Plan parse(String text, String source) {
        return Yaml.parse(text, "plan " + source, Plan.class);
    }

    /**
     * Every run, in the order in which they are trained: the first seed of all tasks comes before
     * the second of any, and what others start from comes first.
     */
    @JsonIgnore
    List<RunId> runs() {
        List<RunId> runs = new ArrayList<>();
        for (long seed : seeds) {
            for (Task task : tasks) {
                for (double share : shares) {
                    task.arms().forEach(arm -> runs.add(new RunId(task, arm, share, seed, 0)));
                }
                for (int fold = 1; fold <= task.folds(); fold++) {
                    for (Arm arm : task.arms()) {
                        runs.add(new RunId(task, arm, 1, seed, fold));
                    }
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
    @Nullable RunId parent(RunId run) {
        String from = run.arm().from();
        if (from == null || !run.arm().startsFromArm()) {
            return null;
        }
        return runs().stream()
                .filter(of -> from.equals(of.task().name() + "/" + of.arm().name()))
                .filter(of -> of.share() == 1 && of.fold() == 0 && of.seed() == run.seed())
                .findFirst()
                .orElseThrow();
    }

    /** Everything that decides a run but its pictures and the weights it starts from. */
    Map<String, Object> recipe(RunId run) {
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
                            "from: %s (expected: a backbone, or task/arm of one above %s/%s)"
                                    .formatted(arm.from(), task.name(), arm.name()));
                }
                above.add(task.name() + "/" + arm.name());
            }
        }
    }

    private static void named(String entry, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    entry + ": " + name + " (expected: small letters, digits and hyphens)");
        }
    }

    private static <T> List<T> some(String entry, @Nullable List<T> values) {
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException(entry + ": missing (expected: at least one)");
        }
        return List.copyOf(values);
    }

    private static void distinct(String entry, List<?> values) {
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(
                    entry + ": " + values + " (expected: none of them twice)");
        }
    }
}
