package dev.medzoo.training.study;

import dev.medzoo.training.study.TaskRuns.Cell;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One task's part of the page: a table of figures, one of comparisons, and the pictures. */
final class TaskSection {
    private final TaskRuns runs;
    private final List<Results> results;
    private final StudyFigures figures;
    private final StringBuilder text = new StringBuilder();

    TaskSection(TaskRuns runs, List<Results> results, StudyFigures figures) {
        this.runs = runs;
        this.results = results;
        this.figures = figures;
    }

    String write() throws IOException {
        line("## " + runs.task().name());
        line("");
        if (runs.task().caveat() != null) {
            line(runs.task().caveat());
            line("");
        }
        for (Results of : results) {
            if (of.cells().isEmpty()) {
                line("No run of the " + of.protocol().title() + " is complete yet.");
                line("");
            } else {
                line("### " + runs.task().name() + ", " + of.protocol().title());
                line("");
                protocol(of);
            }
        }
        return text.toString();
    }

    private void protocol(Results of) throws IOException {
        if (of.protocol() == Protocol.LEAKY_SPLIT) {
            leak(new Leak(results.get(0), of));
        } else {
            table(of);
            comparisons(of);
            text.append(figures.write(of));
        }
    }

    private void leak(Leak leak) throws IOException {
        if (leak.cells().isEmpty()) {
            line("No seed has been run under both protocols yet.");
            line("");
        } else {
            text.append(new LeakSection(runs, leak, figures).write());
        }
    }

    private void table(Results of) {
        line(row("labels", "arm", "seeds", titles(of), "runs"));
        line(row("--:", "---", "--:", titles(of).replaceAll("[^|]+", "---"), "---"));
        for (Cell cell : of.cells()) {
            String figures =
                    of.measures().stream()
                            .map(measure -> figure(of, cell, measure))
                            .collect(Collectors.joining(" | "));
            Map<Long, List<StudyRunResult>> files = runs.of(cell, of.protocol());
            String seeds = String.valueOf(of.verdicts(cell).size());
            line(row(labels(cell, files), cell.arm().name(), seeds, figures, links(files)));
        }
        line("");
    }

    private static String titles(Results of) {
        return of.measures().stream().map(Measure::title).collect(Collectors.joining(" | "));
    }

    private static String figure(Results of, Cell cell, Measure measure) {
        List<Double> seeds =
                of.seeds(cell, measure).stream().map(BootstrapEstimate::value).sorted().toList();
        return "%s (%s–%s)"
                .formatted(
                        NumberText.interval(of.mean(cell, measure).interval()),
                        NumberText.three(seeds.get(0)),
                        NumberText.three(seeds.get(seeds.size() - 1)));
    }

    /** The share, and how many pictures that is. */
    static String labels(Cell cell, Map<Long, List<StudyRunResult>> files) {
        double pictures =
                files.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(StudyRunResult::trainPictures)
                        .average()
                        .orElse(0);
        return "%s %% (%d)".formatted(StudyRunId.percent(cell.share()), Math.round(pictures));
    }

    /** Every run that a row comes from: a link for each seed, or for each fold of each. */
    static String links(Map<Long, List<StudyRunResult>> files) {
        return files.values().stream()
                .flatMap(List::stream)
                .map(TaskSection::link)
                .collect(Collectors.joining(" "));
    }

    private static String link(StudyRunResult file) {
        String name = file.run().substring(file.run().indexOf("-seed") + 1).replace("seed", "");
        return "[%s](runs/%s.json)"
                .formatted(name.replace("-fold", ".").replace("-leak", ""), file.run());
    }

    private void comparisons(Results of) {
        List<Comparison> comparisons = of.comparisons();
        if (comparisons.isEmpty()) {
            return;
        }
        String title = "difference of " + of.measures().get(0).title();
        line(row("labels", "arms", "seeds", title, "p", "p, Holm"));
        line(row("--:", "---", "--:", "---", "--:", "--:"));
        for (Comparison one : comparisons) {
            line(
                    row(
                            StudyRunId.percent(one.share()) + " %",
                            one.better() + " − " + one.base(),
                            String.valueOf(one.seeds()),
                            NumberText.signedInterval(one.difference()),
                            p(one.p()),
                            one.isSure() ? "**" + p(one.holm()) + "**" : p(one.holm())));
        }
        line("");
    }

    private static String p(double value) {
        return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
