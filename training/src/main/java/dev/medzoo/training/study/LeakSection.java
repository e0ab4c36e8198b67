package dev.medzoo.training.study;

import dev.medzoo.training.study.ScoredPictures.Picture;
import dev.medzoo.training.study.TaskRuns.Cell;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The part of a task's section that shows how far leaky splits mislead. */
final class LeakSection {
    private static final String WHAT =
            "Pictures are dealt at random to `train`, `val` and `test`, anew for each seed, as papers"
                    + " on such sets do: their groups are ignored, and each stands as often as it"
                    + " was published. **This is no evidence of how well a network judges new"
                    + " pictures**, nor of any order of the arms: it is here to be compared. Of a"
                    + " leaky test %s %% of the pictures are in `train` too, byte for byte, and %s"
                    + " %% have one of their group there (means over the seeds, with all labels):"
                    + " what is remembered counts as if it were understood.";
    private static final String MIX =
            "The repeats also change the mix of the classes in `test`: %s. F1 and accuracy move with"
                    + " that mix, AUROC does not.";
    private static final String INTERVALS =
            "Each figure is the mean on the fixed split → on the leaky ones, and what the leak adds,"
                    + " seed by seed. Here brackets are over seeds and groups: seeds are drawn with"
                    + " replacement, the same of both protocols, and groups in each of them apart.";

    private final TaskRuns runs;
    private final Leak leak;
    private final StudyFigures figures;

    LeakSection(TaskRuns runs, Leak leak, StudyFigures figures) {
        this.runs = runs;
        this.leak = leak;
        this.figures = figures;
    }

    String write() throws IOException {
        List<String> lines = List.of(what(), "", mix(), "", INTERVALS, "");
        return String.join("\n", lines) + "\n" + table() + "\n" + figures.leak(leak);
    }

    private String what() {
        return WHAT.formatted(percent(this::repeated), percent(this::related));
    }

    /** Share of a seed's test pictures that have a copy in train. */
    private double repeated(long seed) {
        return learnt(seed, Picture::file);
    }

    /** Share of a seed's test pictures that have one of their group in train. */
    private double related(long seed) {
        return learnt(seed, Picture::group);
    }

    private double learnt(long seed, Function<Picture, String> by) {
        LeakyPictures pictures = Objects.requireNonNull(runs.leaky());
        Set<String> train = new HashSet<>();
        pictures.split("train", seed).forEach(of -> train.add(by.apply(of)));
        List<Picture> test = pictures.split("test", seed);
        long known = test.stream().filter(of -> train.contains(by.apply(of))).count();
        return (double) known / test.size();
    }

    private interface OfSeed {
        double share(long seed);
    }

    private String percent(OfSeed share) {
        Set<Long> seeds = Objects.requireNonNull(runs.leaky()).splits().keySet();
        double mean = seeds.stream().mapToDouble(share::share).average().orElse(0);
        return StudyRunId.percent(mean);
    }

    private String mix() {
        List<String> labels = runs.labels();
        StringBuilder mix = new StringBuilder();
        for (int label = 0; label < labels.size(); label++) {
            mix.append(label == 0 ? "" : ", ")
                    .append("`%s` is ".formatted(labels.get(label)))
                    .append(share(leak.fixed(), label))
                    .append(" % of the fixed test and ")
                    .append(share(leak.leaky(), label))
                    .append(" % of the leaky ones");
        }
        return MIX.formatted(mix);
    }

    /** Share of a class in all that the runs of one cell were judged on. */
    private String share(Results of, int label) {
        List<Integer> truth =
                of.verdicts(leak.cells().get(0)).values().stream()
                        .flatMap(verdicts -> verdicts.pictures().truth().stream())
                        .toList();
        long ofLabel = truth.stream().filter(each -> each == label).count();
        return StudyRunId.percent((double) ofLabel / truth.size());
    }

    private String table() {
        List<Measure> measures = leak.leaky().measures();
        String titles = measures.stream().map(Measure::title).collect(Collectors.joining(" | "));
        StringBuilder table = new StringBuilder();
        table.append("| labels | arm | seeds | ").append(titles).append(" | leaky runs |\n");
        table.append("| --: | --- | --: |").append(" --- |".repeat(measures.size() + 1));
        table.append('\n');
        for (Cell cell : leak.cells()) {
            Map<Long, List<StudyRunResult>> files = runs.of(cell, Protocol.LEAKY_SPLIT);
            table.append(
                    "| %s | %s | %d | %s | %s |\n"
                            .formatted(
                                    TaskSection.labels(cell, files),
                                    cell.arm().name(),
                                    leak.seeds(cell).size(),
                                    measures.stream()
                                            .map(measure -> figure(leak.added(cell, measure)))
                                            .collect(Collectors.joining(" | ")),
                                    TaskSection.links(files)));
        }
        return table.toString();
    }

    private static String figure(Leak.Added added) {
        return "%s → %s: %s"
                .formatted(
                        NumberText.three(added.fixed()),
                        NumberText.three(added.leaky()),
                        NumberText.signedInterval(added.difference()));
    }
}
