package dev.medzoo.benchmarks.serving;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The phases of an overload run and what they must show.
 *
 * @param clients more and more clients that ask one request after the other, all of whom may wait
 * @param peers the same of another server, if there is one
 * @param rounds of loads that are too much or nearly so, at least one
 * @param maxWaitMillis for a worker, as the server is set
 */
record OverloadReport(
        List<Phase> clients, List<Phase> peers, List<OverloadRound> rounds, double maxWaitMillis) {
    private static final double MOST_BELOW = 0.005;
    private static final double MOST_AT = 0.05;
    private static final double LEAST_OF_PEAK = 0.95;
    private static final double MOST_OF_WAIT = 1.2;
    private static final double MOST_REFUSAL_MILLIS = 5;
    private static final double MOST_REFUSAL_COST = 0.2;
    private static final double MOST_UNSENT = 0.01;
    private static final String ROW = "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |";

    OverloadReport {
        clients = List.copyOf(clients);
        peers = List.copyOf(peers);
        rounds = List.copyOf(rounds);
    }

    void print() {
        System.out.println(
                "| load | offered/s | answered/s | refused | p50 ms | p99 ms | longest ms |"
                        + " refusal p50 ms | of peak | cores client + server + others |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        Phase best = rounds.get(0).peak();
        for (int i = 0; i < clients.size(); i++) {
            print(clients.get(i), best);
            if (i < peers.size()) {
                print(peers.get(i), best);
            }
        }
        for (OverloadRound round : rounds) {
            round.phases().forEach(phase -> print(phase, round.peak()));
        }
    }

    private static void print(Phase phase, Phase peak) {
        System.out.println(
                ROW.formatted(
                        phase.name(),
                        number(phase.offered()),
                        number(phase.accepted()),
                        percent(phase.refusedShare()),
                        number(phase.p50()),
                        number(phase.p99()),
                        number(phase.longest()),
                        number(phase.refusalP50()),
                        percent(phase.accepted() / peak.accepted()),
                        cores(phase.cores())));
    }

    List<Criterion> criteria(int exitCode) {
        OverloadRound one = rounds.get(0);
        String far = one.farBeyond().name();
        double refused = clients.stream().mapToDouble(Phase::refused).max().orElseThrow();
        double longest =
                rounds.stream()
                        .flatMap(round -> round.phases().stream())
                        .mapToDouble(Phase::longest)
                        .max()
                        .orElseThrow();
        double unsent = all().mapToDouble(Phase::unsent).max().orElseThrow();
        int silent = all().mapToInt(Phase::withoutRetryAfter).sum();
        List<Map<String, Integer>> faults =
                all().map(Phase::faults).filter(each -> !each.isEmpty()).toList();
        double cost = median(round -> round.refusalCost(round.farBeyond()));
        double refusal = median(round -> round.farBeyond().refusalP50());
        return List.of(
                new Criterion(
                        "refused of clients that may all wait",
                        refused == 0,
                        number(refused) + " a second (expected: 0)"),
                few(one.below().name(), median(each -> each.below().refusedShare()), MOST_BELOW),
                few(one.at().name(), median(each -> each.at().refusedShare()), MOST_AT),
                kept(one.beyond().name(), median(each -> each.share(each.beyond()))),
                kept(far, median(each -> each.share(each.farBeyond()))),
                kept(one.crowd().name(), median(each -> each.share(each.crowd()))),
                new Criterion(
                        "the longest answer",
                        longest <= MOST_OF_WAIT * maxWaitMillis,
                        number(longest)
                                + " ms (expected: at most %s)"
                                        .formatted(number(MOST_OF_WAIT * maxWaitMillis))),
                new Criterion(
                        "the median refusal at " + far,
                        refusal < MOST_REFUSAL_MILLIS,
                        number(refusal) + " ms (expected: under 5)"),
                new Criterion(
                        "what a refusal costs at " + far,
                        cost <= MOST_REFUSAL_COST,
                        "%.2f ms of a core (expected: at most 0.2)".formatted(cost)),
                new Criterion(
                        "requests never sent",
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

    private static Criterion few(String load, double refused, double most) {
        return new Criterion(
                "refused at " + load,
                refused < most,
                percent(refused)
                        + ", in the median round (expected: under %s)".formatted(percent(most)));
    }

    private static Criterion kept(String load, double share) {
        return new Criterion(
                "answered at " + load,
                share >= LEAST_OF_PEAK,
                percent(share) + " of the peak, in the median round (expected: at least 95 %)");
    }

    private Stream<Phase> all() {
        return Stream.concat(
                clients.stream(), rounds.stream().flatMap(round -> round.phases().stream()));
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
