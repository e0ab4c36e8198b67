package dev.medzoo.benchmarks.serving;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.medzoo.benchmarks.serving.Agreement.Distance;
import dev.medzoo.benchmarks.serving.PeerProcess.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a comparison with peers showed. Arrays have a value for each round.
 *
 * @param clients numbers of them
 * @param shapes of the peers, by their names and by the number of clients
 * @param distances of answers, by contender
 * @param comparison what clients saw
 * @param bare pictures a second of the bare loop on all cores, by runtime, and of {@code decode}
 * @param residentMb of a server of several models, by runtime
 */
record PeersReport(
        List<Integer> clients,
        Map<String, Map<Integer, Shape>> shapes,
        Map<String, Distance> distances,
        Comparison comparison,
        Map<String, double[]> bare,
        Map<String, double[]> residentMb) {
    static final String EAGER = "FastAPI, PyTorch eager";
    static final String COMPILED = "FastAPI, torch.compile";
    static final String ONNX = "FastAPI, ONNX Runtime";
    static final List<String> PEERS = List.of(EAGER, COMPILED, ONNX);
    static final String OWN_EIGHT_BITS = "medzoo, onnx-int8";
    static final String OWN_ONNX = "medzoo, onnx";
    static final String OWN_PYTORCH = "medzoo, pytorch";
    static final List<String> OWN = List.of(OWN_EIGHT_BITS, OWN_ONNX, OWN_PYTORCH);
    private static final int MANY = 16;

    private static final double MOST_APART = 1e-3;
    private static final double MOST_APART_BY_EIGHT_BITS = 0.1;

    /** The runtime in a name of ours. */
    static String runtime(String own) {
        return own.substring(own.lastIndexOf(' ') + 1);
    }

    void print() {
        shapes.forEach((peer, each) -> System.out.println(peer + ", processes×threads: " + each));
        System.out.println();
        printFigures();
        System.out.println();
        printRatios();
        System.out.println();
        printBareLoop();
        System.out.println();
        residentMb.forEach(
                (runtime, each) ->
                        System.out.println(
                                "resident with %s, MB: %s".formatted(runtime, whole(each))));
    }

    private static String whole(double[] rounds) {
        Spread spread = Spread.of(rounds);
        return String.format(
                Locale.ROOT, "%.0f [%.0f, %.0f]", spread.median(), spread.least(), spread.most());
    }

    private void printFigures() {
        System.out.println(
                "| server | clients | answered/s | p50 ms | p95 ms | p95 / p50 | refused |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|");
        for (int each : clients) {
            for (String contender : comparison.contenders()) {
                System.out.println(
                        String.format(
                                Locale.ROOT,
                                "| %s | %d | %.1f | %.1f | %.1f | %.2f | %.1f %% |",
                                contender,
                                each,
                                median(contender, each, Phase::accepted),
                                median(contender, each, Phase::p50),
                                median(contender, each, Phase::p95),
                                median(contender, each, PeersReport::tail),
                                100 * median(contender, each, Phase::refusedShare)));
            }
        }
    }

    private double median(String contender, int each, ToDoubleFunction<Phase> figure) {
        return comparison.of(contender, each, figure).median();
    }

    private static double tail(Phase phase) {
        return phase.p95() / phase.p50();
    }

    private void printRatios() {
        System.out.println(
                "| ours | against | clients | answered/s, ratio | median latency, ratio |");
        System.out.println("|---|---|--:|--:|--:|");
        for (String own : OWN) {
            for (String peer : PEERS) {
                for (int each : clients) {
                    System.out.println(
                            "| %s | %s | %d | %s | %s |"
                                    .formatted(
                                            own,
                                            peer,
                                            each,
                                            comparison.ratio(own, peer, each, Phase::accepted),
                                            comparison.ratio(own, peer, each, Phase::p50)));
                }
            }
        }
    }

    private void printBareLoop() {
        double cores = Runtime.getRuntime().availableProcessors();
        System.out.println(
                "| runtime | loop, ms of a core | decode and transform | both | server, %d clients"
                                .formatted(MANY)
                        + " | of both |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (String own : List.of(OWN_EIGHT_BITS, OWN_ONNX)) {
            double[] served = comparison.rounds(own, MANY, Phase::accepted);
            double[] loop = bareOf(own);
            double[] decode = rounds(bare, "decode");
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.2f | %.2f | %.2f | %.2f | %s |",
                            own,
                            1000 * cores / Spread.of(loop).median(),
                            1000 * cores / Spread.of(decode).median(),
                            1000 * cores / Spread.of(bound(own)).median(),
                            1000 * cores / Spread.of(served).median(),
                            Spread.ofRatios(served, bound(own))));
        }
    }

    private double[] bareOf(String own) {
        return rounds(bare, runtime(own));
    }

    /** What a server could answer that does nothing but decode, transform and compute. */
    private double[] bound(String own) {
        double[] loop = bareOf(own);
        double[] decode = rounds(bare, "decode");
        double[] bound = new double[loop.length];
        Arrays.setAll(bound, i -> 1 / (1 / loop[i] + 1 / decode[i]));
        return bound;
    }

    private static double[] rounds(Map<String, double[]> figures, String key) {
        double[] rounds = figures.get(key);
        if (rounds == null) {
            throw new IllegalStateException(
                    "figures: %s (expected: with %s)".formatted(figures.keySet(), key));
        }
        return rounds;
    }

    /** The marks, of which those for one and for sixteen clients need that many to have asked. */
    List<Criterion> marks() {
        List<Criterion> marks = new ArrayList<>();
        distances.forEach((contender, each) -> marks.add(agrees(contender, each)));
        if (clients.contains(MANY)) {
            marks.add(
                    least(
                            "16 clients, answered, onnx-int8 / eager",
                            rate(OWN_EIGHT_BITS, EAGER),
                            4));
            marks.add(
                    least(
                            "16 clients, answered, onnx-int8 / ONNX Runtime",
                            rate(OWN_EIGHT_BITS, ONNX),
                            2));
            marks.add(
                    least("16 clients, answered, onnx / ONNX Runtime", rate(OWN_ONNX, ONNX), 1.15));
            marks.add(
                    least(
                            "16 clients, answered, onnx-int8 / (bare loop + decode)",
                            Spread.ofRatios(
                                    comparison.rounds(OWN_EIGHT_BITS, MANY, Phase::accepted),
                                    bound(OWN_EIGHT_BITS)),
                            .95));
            marks.add(
                    most(
                            "16 clients, p95 / p50, onnx-int8",
                            comparison.of(OWN_EIGHT_BITS, MANY, PeersReport::tail),
                            1.5));
            marks.add(
                    most(
                            "16 clients, share refused, onnx-int8",
                            comparison.of(OWN_EIGHT_BITS, MANY, Phase::refusedShare),
                            0));
        }
        if (clients.contains(1)) {
            marks.add(
                    most(
                            "1 client, median latency, onnx-int8 / ONNX Runtime",
                            comparison.ratio(OWN_EIGHT_BITS, ONNX, 1, Phase::p50),
                            .5));
        }
        if (!residentMb.isEmpty()) {
            marks.add(
                    most(
                            "resident memory, onnx-int8 / pytorch",
                            Spread.ofRatios(
                                    rounds(residentMb, "onnx-int8"), rounds(residentMb, "pytorch")),
                            .5));
        }
        return marks;
    }

    private Spread rate(String own, String peer) {
        return comparison.ratio(own, peer, MANY, Phase::accepted);
    }

    private static Criterion agrees(String contender, Distance distance) {
        double most = contender.equals(OWN_EIGHT_BITS) ? MOST_APART_BY_EIGHT_BITS : MOST_APART;
        return new Criterion(
                "answers of " + contender,
                distance.others() == 0 && distance.largest() <= most,
                String.format(
                        Locale.ROOT,
                        "apart by %.5f, %d of another class (expected: at most %s, 0)",
                        distance.largest(),
                        distance.others(),
                        most));
    }

    private static Criterion least(String what, Spread seen, double mark) {
        return new Criterion(
                what, seen.median() >= mark, "%s (expected: at least %s)".formatted(seen, mark));
    }

    private static Criterion most(String what, Spread seen, double mark) {
        return new Criterion(
                what, seen.median() <= mark, "%s (expected: at most %s)".formatted(seen, mark));
    }

    /** Writes every figure. */
    void write(Path file, List<Criterion> marks) throws IOException {
        Map<String, Object> json =
                Map.of(
                        "phases", comparison.all(),
                        "bare", bare,
                        "residentMb", residentMb,
                        "marks", marks);
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build()
                .writeValue(file.toFile(), json);
    }
}
