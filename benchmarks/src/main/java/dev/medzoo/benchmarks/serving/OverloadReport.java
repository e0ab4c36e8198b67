package dev.medzoo.benchmarks.serving;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The phases of an overload run and what they must show.
 *
 * @param unloaded one request at a time
 * @param saturation more and more requests at a time, the answers setting the pace
 * @param schedule more and more requests a second, whatever the answers
 * @param rounds what it is judged by, at least one
 */
record OverloadReport(
        Phase unloaded, List<Phase> saturation, List<Phase> schedule, List<OverloadRound> rounds) {
    private static final double LEAST_OF_PEAK = 0.9;
    private static final double MOST_OF_UNLOADED = 3;
    private static final double MOST_UNSENT = 0.01;
    private static final String ROW =
            "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |";

    OverloadReport {
        saturation = List.copyOf(saturation);
        schedule = List.copyOf(schedule);
        rounds = List.copyOf(rounds);
    }

    /** The phase of the closed loop that answered the most: what it accepted is the capacity. */
    static Phase best(List<Phase> saturation) {
        return saturation.stream().max(Comparator.comparingDouble(Phase::accepted)).orElseThrow();
    }

    void print() {
        System.out.println(
                "| load | offered/s | accepted/s | refused/s | p50 ms | p99 ms | p99 from sent |"
                        + " refusal p99 | p99 / unloaded | of peak | late | cores client + server + others |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        Phase peak = best(saturation);
        print(unloaded, unloaded, peak);
        saturation.forEach(phase -> print(phase, unloaded, peak));
        schedule.forEach(phase -> print(phase, unloaded, peak));
        for (OverloadRound round : rounds) {
            print(round.unloaded(), round.unloaded(), round.peak());
            print(round.peak(), round.unloaded(), round.peak());
            print(round.overload(), round.unloaded(), round.peak());
        }
    }

    private static void print(Phase phase, Phase unloaded, Phase peak) {
        System.out.println(
                ROW.formatted(
                        phase.name(),
                        number(phase.offered()),
                        number(phase.accepted()),
                        number(phase.refused()),
                        number(phase.p50()),
                        number(phase.p99()),
                        number(phase.p99FromSent()),
                        number(phase.refusalP99()),
                        number(phase.p99() / unloaded.p99()),
                        percent(phase.accepted() / peak.accepted()),
                        percent(phase.late()),
                        cores(phase.cores())));
    }

    List<Criterion> criteria(int exitCode) {
        String name = rounds.get(0).overload().name();
        double share = median(OverloadRound::share);
        double ratio = median(OverloadRound::slowness);
        double unsent =
                rounds.stream().mapToDouble(each -> each.overload().unsent()).max().orElseThrow();
        List<Phase> all = all();
        int silent = all.stream().mapToInt(Phase::withoutRetryAfter).sum();
        List<Map<String, Integer>> faults =
                all.stream().map(Phase::faults).filter(each -> !each.isEmpty()).toList();
        return List.of(
                new Criterion(
                        "throughput at " + name,
                        share >= LEAST_OF_PEAK,
                        percent(share)
                                + " of the peak, in the median round (expected: at least 90 %)"),
                new Criterion(
                        "p99 of accepted requests at " + name,
                        ratio < MOST_OF_UNLOADED,
                        String.format(Locale.ROOT, "%.2f", ratio)
                                + " times the unloaded one, in the median round (expected: under 3)"),
                new Criterion(
                        "requests never sent at " + name,
                        unsent <= MOST_UNSENT,
                        percent(unsent) + " (expected: at most 1 %)"),
                new Criterion(
                        "refusals without a Retry-After of 1..60 s",
                        silent == 0,
                        silent + " (expected: 0)"),
                new Criterion(
                        "answers but 200, 429 and 503",
                        faults.isEmpty(),
                        faults + " (expected: [])"),
                new Criterion(
                        "exit code after SIGTERM", exitCode == 0, exitCode + " (expected: 0)"));
    }

    private List<Phase> all() {
        List<Phase> judged =
                rounds.stream()
                        .flatMap(each -> Stream.of(each.unloaded(), each.peak(), each.overload()))
                        .toList();
        return Stream.of(List.of(unloaded), saturation, schedule, judged)
                .flatMap(List::stream)
                .toList();
    }

    private double median(ToDoubleFunction<OverloadRound> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Writes every figure. */
    void write(Path file, List<Criterion> criteria) throws IOException {
        Map<String, Object> json = Map.of("report", this, "criteria", criteria);
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build()
                .writeValue(file.toFile(), json);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String cores(CoreTime cores) {
        return String.format(
                Locale.ROOT, "%.2f + %.2f + %.2f", cores.client(), cores.server(), cores.others());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
