package dev.medzoo.training.study;

import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.study.StudyPlan.Arm;
import dev.medzoo.training.study.StudyPlan.Task;
import dev.medzoo.training.study.TaskRuns.Cell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a task under one protocol, and the comparisons of its arms. */
final class Results {
    private final Task task;
    private final Protocol protocol;
    private final boolean choice;
    private final List<Measure> measures;
    private final Map<Cell, Map<Long, SeedPredictions>> verdicts;
    private final Map<Cell, Map<Long, Map<Measure, BootstrapEstimate>>> drawn =
            new LinkedHashMap<>();

    Results(TaskRuns runs, Protocol protocol) {
        task = runs.task();
        this.protocol = protocol;
        choice = runs.isChoice();
        verdicts = runs.verdicts(protocol);
        List<String> labels = runs.labels();
        measures =
                verdicts.isEmpty()
                        ? List.of()
                        : task.measures().stream().map(name -> Measure.of(name, labels)).toList();
        ClusterBootstrap draws = new ClusterBootstrap(groups());
        verdicts.forEach(
                (cell, seeds) ->
                        seeds.forEach(
                                (seed, of) ->
                                        drawn.computeIfAbsent(cell, key -> new TreeMap<>())
                                                .put(seed, measured(of, draws))));
    }

    private Map<Measure, BootstrapEstimate> measured(
            SeedPredictions verdicts, ClusterBootstrap draws) {
        Map<Measure, BootstrapEstimate> measured = new LinkedHashMap<>();
        for (Measure.Unit unit : Measure.Unit.values()) {
            List<Measure> of = measures.stream().filter(m -> m.unit() == unit).toList();
            if (!of.isEmpty()) {
                Scores scores = verdicts.of(unit);
                Map<String, BootstrapEstimate> byKey =
                        draws.of(scores, of.stream().map(Measure::key).toList());
                of.forEach(measure -> measured.put(measure, byKey.get(measure.key())));
            }
        }
        return measured;
    }

    /** All groups that a run of this protocol is judged on. */
    List<String> groups() {
        return verdicts.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .flatMap(of -> of.pictures().groups().stream())
                .distinct()
                .sorted()
                .toList();
    }

    Task task() {
        return task;
    }

    Protocol protocol() {
        return protocol;
    }

    /** The measures of the plan, none before there is a run. */
    List<Measure> measures() {
        return measures;
    }

    /**
     * Arms and shares with a complete repetition at least, by share, then in the order of the arms.
     */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (double share : shares()) {
            for (Arm arm : task.arms()) {
                Cell cell = new Cell(arm, share);
                if (verdicts.containsKey(cell)) {
                    cells.add(cell);
                }
            }
        }
        return cells;
    }

    /** Shares of the labels for which there is a result, rising. */
    List<Double> shares() {
        return verdicts.keySet().stream().map(Cell::share).distinct().sorted().toList();
    }

    /** The verdicts on each picture, by seed. */
    Map<Long, SeedPredictions> verdicts(Cell cell) {
        return verdicts.getOrDefault(cell, Map.of());
    }

    /** One measure of each seed, by seed; free to change. */
    Map<Long, BootstrapEstimate> bySeed(Cell cell, Measure measure) {
        Map<Long, BootstrapEstimate> bySeed = new TreeMap<>();
        drawn.getOrDefault(cell, Map.of())
                .forEach(
                        (seed, measured) -> {
                            BootstrapEstimate value = measured.get(measure);
                            if (value != null) {
                                bySeed.put(seed, value);
                            }
                        });
        return bySeed;
    }

    /** One measure of each seed. */
    List<BootstrapEstimate> seeds(Cell cell, Measure measure) {
        return seeds(cell, measure, verdicts(cell).keySet());
    }

    private List<BootstrapEstimate> seeds(Cell cell, Measure measure, Collection<Long> seeds) {
        Map<Long, BootstrapEstimate> of = bySeed(cell, measure);
        of.keySet().retainAll(seeds);
        return List.copyOf(of.values());
    }

    /** The mean over the seeds, drawn with the same groups in every seed. */
    BootstrapEstimate mean(Cell cell, Measure measure) {
        return BootstrapEstimate.mean(seeds(cell, measure));
    }

    /** Whether the arms are options, each compared with the first, and no order is claimed. */
    boolean isChoice() {
        return choice;
    }

    /**
     * Every later arm against every earlier one at the same share, or against the first alone where
     * they are options; on the first measure and on the seeds that both have. The p are corrected
     * over all of them.
     */
    List<Comparison> comparisons() {
        List<Comparison> raw = new ArrayList<>();
        List<Cell> cells = cells();
        for (int base = 0; base < cells.size(); base++) {
            for (int better = base + 1; better < cells.size(); better++) {
                boolean asked = !choice || cells.get(base).arm().equals(task.arms().get(0));
                if (asked && cells.get(base).share() == cells.get(better).share()) {
                    compare(cells.get(base), cells.get(better), raw);
                }
            }
        }
        List<Double> adjusted = Holm.adjusted(raw.stream().map(Comparison::p).toList());
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            comparisons.add(raw.get(i).adjusted(adjusted.get(i)));
        }
        return comparisons;
    }

    private void compare(Cell base, Cell better, List<Comparison> into) {
        List<Long> seeds = new ArrayList<>(verdicts(base).keySet());
        seeds.retainAll(verdicts(better).keySet());
        if (!seeds.isEmpty()) {
            Measure measure = measures.get(0);
            BootstrapEstimate difference =
                    BootstrapEstimate.mean(seeds(better, measure, seeds))
                            .minus(BootstrapEstimate.mean(seeds(base, measure, seeds)));
            double p = difference.p(groups().size());
            into.add(
                    new Comparison(
                            better.arm().name(),
                            base.arm().name(),
                            base.share(),
                            seeds.size(),
                            difference.interval(),
                            p,
                            p));
        }
    }
}
