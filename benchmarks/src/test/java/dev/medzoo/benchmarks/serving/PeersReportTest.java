package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.medzoo.benchmarks.serving.Agreement.Distance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeersReportTest {
    private static Phase phase(double accepted, double p50, double p95) {
        CoreTime cores = new CoreTime(0, 2, 0, 0);
        return new Phase(
                "",
                1,
                accepted,
                accepted,
                0,
                p50,
                p95,
                p95,
                p95,
                Double.NaN,
                0,
                0,
                0,
                Map.of(),
                cores);
    }

    private static PeersReport report(double ownAnswered) {
        Comparison comparison = new Comparison();
        for (int clients : List.of(1, 16)) {
            comparison.add(PeersReport.OWN_EIGHT_BITS, clients, phase(ownAnswered, 10, 14));
            comparison.add(PeersReport.OWN_ONNX, clients, phase(60, 20, 22));
            comparison.add(PeersReport.EAGER, clients, phase(25, 40, 80));
            comparison.add(PeersReport.ONNX, clients, phase(50, 20, 40));
        }
        return new PeersReport(
                List.of(1, 16),
                Map.of(),
                Map.of(PeersReport.OWN_EIGHT_BITS, new Distance(0.2, 0)),
                comparison,
                // Both at once: 100 pictures a second.
                Map.of("onnx-int8", new double[] {200}, "decode", new double[] {200}),
                Map.of("onnx-int8", new double[] {200}, "pytorch", new double[] {500}));
    }

    @Test
    void saysOfEachMarkWhetherItIsReached() {
        assertThat(report(100).marks())
                .extracting(Criterion::passed, Criterion::seen)
                .containsExactly(
                        tuple(
                                false,
                                "apart by 0.20000, 0 of another class (expected: at most 0.1, 0)"),
                        tuple(true, "4.00 [4.00, 4.00] (expected: at least 4.0)"),
                        tuple(true, "2.00 [2.00, 2.00] (expected: at least 2.0)"),
                        tuple(true, "1.20 [1.20, 1.20] (expected: at least 1.15)"),
                        tuple(true, "1.00 [1.00, 1.00] (expected: at least 0.95)"),
                        tuple(true, "1.40 [1.40, 1.40] (expected: at most 1.5)"),
                        tuple(true, "0.00 [0.00, 0.00] (expected: at most 0.0)"),
                        tuple(true, "0.50 [0.50, 0.50] (expected: at most 0.5)"),
                        tuple(true, "0.40 [0.40, 0.40] (expected: at most 0.5)"));
    }

    @Test
    void missesAMarkByAHair() {
        assertThat(report(94.9).marks())
                .filteredOn(mark -> mark.name().contains("bare loop"))
                .singleElement()
                .satisfies(mark -> assertThat(mark.passed()).isFalse());
    }
}
