package dev.medzoo.training.study;

import dev.medzoo.training.study.StudyPlan.Arm;
import dev.medzoo.training.study.TaskRuns.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** What the figures of a task say of the claimed order of its arms, whichever way they fall. */
final class Conclusions {
    private final Results results;
    private final Measure measure;

    /**
     * @param results with one cell at least
     */
    Conclusions(Results results) {
        this.results = results;
        measure = results.measures().get(0);
    }

    /** One paragraph. */
    String paragraph() {
        List<Cell> cells = results.cells();
        int pictures = results.verdicts(cells.get(0)).values().iterator().next().sources().size();
        String begin =
                "**%s, %s** (%s of %d pictures in %d groups). "
                        .formatted(
                                results.task().name(),
                                results.protocol().title(),
                                measure.title(),
                                pictures,
                                results.groups().size());
        boolean compares = results.task().arms().size() > 1;
        if (!compares) {
            return begin + "There is one arm only.";
        }
        return begin
                + (results.isChoice()
                        ? best()
                        : order() + new ArmOrder(results).sentences() + gap())
                + sure();
    }

    /** Which option leads at each share. */
    private String best() {
        return results.shares().stream()
                .map(share -> Collections.max(cells(share), Comparator.comparingDouble(this::mean)))
                .map(
                        cell ->
                                "Highest at %s: `%s`, %s. "
                                        .formatted(
                                                percents(List.of(cell.share())),
                                                cell.arm().name(),
                                                NumberText.three(mean(cell))))
                .collect(Collectors.joining());
    }

    /** At which shares the means stand in the order of the arms. */
    private String order() {
        List<Double> holds = new ArrayList<>();
        List<Double> fails = new ArrayList<>();
        for (double share : results.shares()) {
            List<Cell> cells = cells(share);
            if (cells.size() == results.task().arms().size()) {
                (inOrder(cells) ? holds : fails).add(share);
            }
        }
        if (holds.isEmpty() && fails.isEmpty()) {
            return "No share of the labels has been run with every arm yet. ";
        }
        String arms =
                results.task().arms().stream().map(Arm::name).collect(Collectors.joining(" < "));
        return "The order "
                + arms
                + (holds.isEmpty() ? "" : " holds at " + percents(holds))
                + (holds.isEmpty() || fails.isEmpty() ? "" : " and")
                + (fails.isEmpty() ? "" : " does not hold at " + percents(fails))
                + " of the labels. ";
    }

    private boolean inOrder(List<Cell> cells) {
        List<Double> means = cells.stream().map(this::mean).toList();
        boolean rising = means.equals(means.stream().sorted().toList());
        return rising && new HashSet<>(means).size() == means.size();
    }

    /** Whether the last arm leads the first by more where labels are few. */
    private String gap() {
        List<Double> complete =
                results.shares().stream()
                        .filter(share -> cells(share).size() == results.task().arms().size())
                        .toList();
        if (complete.size() < 2) {
            return "";
        }
        BootstrapEstimate few = lead(complete.get(0));
        BootstrapEstimate many = lead(complete.get(complete.size() - 1));
        BootstrapEstimate opening = few.minus(many);
        return "From first arm to last the mean changes by %s at %s and by %s at %s: with few labels the gap is %s, by %s. "
                .formatted(
                        NumberText.signed(few.value()),
                        percents(complete.subList(0, 1)),
                        NumberText.signed(many.value()),
                        percents(complete.subList(complete.size() - 1, complete.size())),
                        opening.value() > 0 ? "wider" : "not wider",
                        NumberText.signedInterval(opening.interval()));
    }

    private BootstrapEstimate lead(double share) {
        List<Cell> cells = cells(share);
        BootstrapEstimate first = results.mean(cells.get(0), measure);
        return results.mean(cells.get(cells.size() - 1), measure).minus(first);
    }

    private String sure() {
        List<Comparison> all = results.comparisons();
        List<Comparison> sure = all.stream().filter(Comparison::isSure).toList();
        if (all.isEmpty()) {
            return "";
        }
        if (sure.isEmpty()) {
            return "None of the %d differences is sure (Holm's p < 0.05).".formatted(all.size());
        }
        return sure.stream()
                .map(Conclusions::sentence)
                .collect(
                        Collectors.joining(
                                "; ",
                                "Sure (Holm's p < 0.05) are %d of %d differences: "
                                        .formatted(sure.size(), all.size()),
                                "."));
    }

    private static String sentence(Comparison of) {
        return "at %s, %s less %s %s"
                .formatted(
                        percents(List.of(of.share())),
                        of.better(),
                        of.base(),
                        NumberText.signedInterval(of.difference()));
    }

    private List<Cell> cells(double share) {
        return results.cells().stream().filter(cell -> cell.share() == share).toList();
    }

    private double mean(Cell cell) {
        return results.mean(cell, measure).value();
    }

    private static String percents(List<Double> shares) {
        return shares.stream().map(StudyRunId::percent).collect(Collectors.joining(", ")) + " %";
    }
}
