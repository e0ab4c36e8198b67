package dev.medzoo.training.study;

import dev.medzoo.training.study.StudyPlan.Arm;
import dev.medzoo.training.study.TaskRuns.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Where the order of all of a task's arms is sure, and why it is not or cannot be elsewhere. */
final class ArmOrder {
    private static final double LEVEL = 0.05;
    private static final String CEILING = ": too near the ceiling to be told from nothing";

    private final Results results;
    private final Measure measure;
    private final List<Comparison> comparisons;

    /**
     * @param results with one cell at least
     */
    ArmOrder(Results results) {
        this.results = results;
        measure = results.measures().get(0);
        comparisons = results.comparisons();
    }

    /** Some sentences; none before a share has been run with every arm. */
    String sentences() {
        List<Double> shares = results.shares().stream().filter(this::isComplete).toList();
        List<Double> sure = shares.stream().filter(this::isSure).toList();
        if (shares.isEmpty()) {
            return "";
        }
        String where =
                sure.isEmpty()
                        ? "As a whole it is sure nowhere. "
                        : "As a whole it is sure (each arm above the one before it) at "
                                + sure.stream()
                                        .map(StudyRunId::percent)
                                        .collect(Collectors.joining(", "))
                                + " %. ";
        if (leastCorrectedP() >= LEVEL) {
            return where
                    + "It cannot be: %d groups give no p below %s, and there are %d comparisons. "
                            .formatted(
                                    results.groups().size(),
                                    NumberText.three(
                                            BootstrapEstimate.leastP(results.groups().size())),
                                    comparisons.size());
        }
        return where
                + shares.stream()
                        .filter(share -> !isSure(share))
                        .map(this::why)
                        .collect(Collectors.joining());
    }

    /** What the p of every comparison becomes when none could be lower. */
    private double leastCorrectedP() {
        return BootstrapEstimate.leastP(results.groups().size()) * comparisons.size();
    }

    private boolean isComplete(double share) {
        return steps(share).size() == results.task().arms().size() - 1;
    }

    private boolean isSure(double share) {
        return steps(share).stream().allMatch(ArmOrder::isSure);
    }

    private static boolean isSure(Comparison step) {
        return step.isSure() && step.difference().value() > 0;
    }

    /** Each arm less the one before it. */
    private List<Comparison> steps(double share) {
        List<Arm> arms = results.task().arms();
        List<Comparison> steps = new ArrayList<>();
        for (int arm = 1; arm < arms.size(); arm++) {
            String base = arms.get(arm - 1).name();
            String better = arms.get(arm).name();
            comparisons.stream()
                    .filter(of -> of.share() == share)
                    .filter(of -> of.base().equals(base) && of.better().equals(better))
                    .forEach(steps::add);
        }
        return steps;
    }

    private String why(double share) {
        return steps(share).stream()
                .filter(step -> !isSure(step))
                .map(this::why)
                .collect(Collectors.joining("; ", "At " + StudyRunId.percent(share) + " % ", ". "));
    }

    private String why(Comparison step) {
        double left = 1 - base(step);
        double reach = (step.difference().high() - step.difference().low()) / 2;
        return "%s less %s is %s, its interval reaches %s either way, and %s leaves %s to 1%s"
                .formatted(
                        step.better(),
                        step.base(),
                        NumberText.signed(step.difference().value()),
                        NumberText.three(reach),
                        step.base(),
                        NumberText.three(left),
                        step.difference().value() >= 0 && left <= reach ? CEILING : "");
    }

    private double base(Comparison step) {
        return results.cells().stream()
                .filter(cell -> cell.share() == step.share())
                .filter(cell -> cell.arm().name().equals(step.base()))
                .mapToDouble(this::mean)
                .findFirst()
                .orElseThrow();
    }

    private double mean(Cell cell) {
        return results.mean(cell, measure).value();
    }
}
