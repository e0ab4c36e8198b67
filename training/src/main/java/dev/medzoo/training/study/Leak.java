package dev.medzoo.training.study;

import dev.medzoo.training.study.TaskRuns.Cell;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What leaky splits add to the figures of a task: each run less its seed's on the fixed split. */
final class Leak {
    private static final long SEED = 20211001;

    private final Results fixed;
    private final Results leaky;

    Leak(Results fixed, Results leaky) {
        this.fixed = fixed;
        this.leaky = leaky;
    }

    /**
     * A figure under both protocols, over the seeds that have both.
     *
     * @param fixed mean on the fixed split
     * @param leaky mean on the leaky splits
     * @param difference leaky less fixed: its interval is over seeds, the same ones of both, and
     *     over groups, drawn in each protocol apart
     */
    record Added(double fixed, double leaky, Estimate difference) {}

    Results fixed() {
        return fixed;
    }

    Results leaky() {
        return leaky;
    }

    /** Arms and shares that one seed at least has learnt under both protocols. */
    List<Cell> cells() {
        return leaky.cells().stream().filter(cell -> !seeds(cell).isEmpty()).toList();
    }

    /** The seeds that have learnt it under both protocols. */
    List<Long> seeds(Cell cell) {
        List<Long> seeds = new ArrayList<>(leaky.verdicts(cell).keySet());
        seeds.retainAll(fixed.verdicts(cell).keySet());
        return seeds;
    }

    Added added(Cell cell, Measure measure) {
        Map<Long, BootstrapEstimate> before = fixed.bySeed(cell, measure);
        Map<Long, BootstrapEstimate> after = leaky.bySeed(cell, measure);
        before.keySet().retainAll(seeds(cell));
        after.keySet().retainAll(seeds(cell));
        List<BootstrapEstimate> differences = new ArrayList<>();
        before.forEach((seed, of) -> differences.add(after.getOrDefault(seed, of).minus(of)));
        return new Added(
                BootstrapEstimate.mean(List.copyOf(before.values())).value(),
                BootstrapEstimate.mean(List.copyOf(after.values())).value(),
                BootstrapEstimate.meanOverSeeds(differences, SEED).interval());
    }

    /** One paragraph. */
    String paragraph() {
        List<Cell> cells = cells();
        Measure measure = leaky.measures().get(0);
        double most = cells.get(cells.size() - 1).share();
        String adds =
                cells.stream()
                        .filter(cell -> cell.share() == most)
                        .map(cell -> adds(cell, measure))
                        .collect(Collectors.joining("; "));
        return "**%s, %s** (no evidence, but a warning). At %s %% of the labels a random split with the repeats in it changes %s by: %s."
                .formatted(
                        leaky.task().name(),
                        leaky.protocol().title(),
                        StudyRunId.percent(most),
                        measure.title(),
                        adds);
    }

    private String adds(Cell cell, Measure measure) {
        return cell.arm().name()
                + " "
                + NumberText.signedInterval(added(cell, measure).difference());
    }
}
