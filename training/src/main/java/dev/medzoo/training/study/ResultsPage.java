package dev.medzoo.training.study;

import dev.medzoo.training.study.StudyPlan.Arm;
import dev.medzoo.training.study.StudyPlan.Task;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results page. It is computed from the run files alone, and each value links to them. */
final class ResultsPage {
    static final String FILE = "README.md";
    private static final String EVIDENCE =
            "Whether a network learns more from few labelled pictures when it starts from weights"
                    + " that other pictures have left. Arms named `scratch` start from random"
                    + " weights; the others from what the table below says, be it a backbone"
                    + " trained without labels, a published model or another task's run.";
    private static final String CHOICE =
            "Which settings of a recipe are worth keeping. The first arm of each task is the plain"
                    + " one; every other changes what its name says, and is compared with it. All"
                    + " are judged on `val`, where each also chose its best round, so that every"
                    + " figure is a little too good; `test` was never read.";

    private final StudyPlan plan;
    private final Path planFile;
    private final Path out;
    private final StringBuilder text = new StringBuilder();

    ResultsPage(StudyPlan plan, Path planFile, Path out) {
        this.plan = plan;
        this.planFile = planFile;
        this.out = out;
    }

    void write() throws IOException {
        List<TaskRuns> tasks = new ArrayList<>();
        List<Results> results = new ArrayList<>();
        StringBuilder sections = new StringBuilder();
        for (Task task : plan.tasks()) {
            TaskRuns runs = new TaskRuns(plan, task, out);
            tasks.add(runs);
            List<Results> own = task.protocols().stream().map(of -> new Results(runs, of)).toList();
            results.addAll(own);
            sections.append(new TaskSection(runs, own, new StudyFigures(runs, out)).write());
        }
        begin(tasks, results);
        text.append(sections);
        again();
        StudyRunResult.replace(out.resolve(FILE), text.toString());
    }

    private void begin(List<TaskRuns> tasks, List<Results> results) {
        line(
                plan.isChoice()
                        ? "# Which way of training?"
                        : "# Does it help to start from other pictures?");
        line("");
        line(
                "**"
                        + Finding.NOTICE
                        + "** This page is written by `medzoo study` from the files in [`runs`](runs).");
        line("");
        line("## Asked");
        line("");
        line(plan.isChoice() ? CHOICE : EVIDENCE);
        line("");
        line("## Found");
        line("");
        List<String> found = found(results);
        found.forEach(paragraph -> line("- " + paragraph));
        if (found.isEmpty()) {
            line("Nothing yet: no run is complete.");
        }
        line("");
        missing(tasks);
        how(tasks);
    }

    private static List<String> found(List<Results> results) {
        List<String> found = new ArrayList<>();
        Results fixed = results.get(0);
        for (Results of : results) {
            fixed = of.protocol() == Protocol.FIXED_SPLIT ? of : fixed;
            if (of.protocol() != Protocol.LEAKY_SPLIT && !of.cells().isEmpty()) {
                found.add(new Conclusions(of).paragraph());
            } else if (!new Leak(fixed, of).cells().isEmpty()) {
                found.add(new Leak(fixed, of).paragraph());
            }
        }
        return found;
    }

    private void missing(List<TaskRuns> tasks) {
        List<StudyRunId> missing =
                tasks.stream().map(TaskRuns::missing).flatMap(Collection::stream).toList();
        if (!missing.isEmpty()) {
            String names =
                    missing.stream()
                            .map(run -> "`" + run.path() + "`")
                            .collect(Collectors.joining(", "));
            line(
                    "**%d of %d runs are missing**, and the figures are of the others. Missing: %s."
                            .formatted(missing.size(), plan.runs().size(), names));
            line("");
        }
    }

    private void how(List<TaskRuns> tasks) {
        line("## How");
        line("");
        line(
                ("Every run of a task gets the same number of steps, whatever its arm and its share"
                                + " of the labels, and sees pictures %d pixels wide and high%s. A share"
                                + " keeps whole pictures of `train`, and a smaller share lies inside a"
                                + " larger one. The best weights and the temperature are chosen on"
                                + " `val`%s.")
                        .formatted(
                                plan.inputSide(),
                                plan.runs().stream().anyMatch(this::hasItsOwnSide)
                                        ? ", unless its arm is named after another side"
                                        : "",
                                plan.isChoice()
                                        ? ""
                                        : "; `test` is reported here and decides nothing"));
        line("");
        if (plan.tasks().stream().anyMatch(ResultsPage::hasOneParent)) {
            line(
                    "An arm that starts from a backbone or from a published model starts from that one"
                            + " in every seed: neither seeds nor intervals tell what another parent"
                            + " of its kind would give.");
            line("");
        }
        line(
                "| task | pictures | arms | steps | batch | labels | seeds | folds | runs | hours | waited |");
        line("|---|---|---|--:|--:|---|--:|--:|--:|--:|--:|");
        tasks.forEach(this::budget);
        line("");
        line(
                ("Figures are means over the seeds. Brackets are 95 %% intervals from %d draws of"
                                + " whole groups with replacement, the same draws in every run; round"
                                + " brackets, the lowest and the highest seed. A difference is drawn on"
                                + " the same groups for both arms; its p is two-sided, and Holm's"
                                + " correction is over all comparisons of a table. Intervals tell of"
                                + " other pictures, not of other seeds, and say little where groups are"
                                + " a handful: there p is at least 2^(1 − groups), the chance that all"
                                + " of them agree by luck.")
                        .formatted(ClusterBootstrap.DRAWS));
        line("");
        String hardware =
                tasks.stream()
                        .flatMap(of -> of.files().values().stream())
                        .map(StudyRunResult::hardware)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining("; "));
        if (!hardware.isEmpty()) {
            line(
                    "Waited is the share of the training time that the network waited for pictures."
                            + " Hardware: "
                            + hardware
                            + ". A run's file names its versions, parent and data.");
            line("");
        }
    }

    private boolean hasItsOwnSide(StudyRunId run) {
        return !Integer.valueOf(plan.inputSide()).equals(plan.recipe(run).get("inputSide"));
    }

    private static boolean hasOneParent(Task task) {
        return task.arms().stream().anyMatch(Arm::startsFromOneParent);
    }

    private void budget(TaskRuns runs) {
        Task task = runs.task();
        double waited =
                runs.files().values().stream()
                        .mapToDouble(StudyRunResult::waiting)
                        .average()
                        .orElse(0);
        double minutes = runs.files().values().stream().mapToDouble(StudyRunResult::minutes).sum();
        line(
                "| %s | `%s` | %s | %d | %s | %s %% | %d | %s | %d | %s | %s %% |"
                        .formatted(
                                task.name(),
                                task.dataSet(),
                                task.arms().stream()
                                        .map(ResultsPage::arm)
                                        .collect(Collectors.joining("; ")),
                                task.steps(),
                                task.settings().getOrDefault("batchSize", "–"),
                                plan.shares().stream()
                                        .map(StudyRunId::percent)
                                        .collect(Collectors.joining(", ")),
                                plan.seeds().size(),
                                task.folds() == 0 ? "–" : task.folds(),
                                runs.files().size(),
                                String.format(Locale.ROOT, "%.1f", minutes / 60),
                                String.format(Locale.ROOT, "%.1f", 100 * waited)));
    }

    private static String arm(Arm arm) {
        return arm.from() == null ? arm.name() : arm.name() + " from `" + arm.from() + "`";
    }

    private void again() {
        line("## Again");
        line("");
        line("```");
        String command = "medzoo study --plan " + portable(planFile) + " --out " + portable(out);
        line(command);
        line(command + " --page-only");
        line("```");
        line("");
        line("The first goes on where it was stopped; the second writes this page anew.");
    }

    private static Path portable(Path path) {
        return path.isAbsolute() ? path.getFileName() : path;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
