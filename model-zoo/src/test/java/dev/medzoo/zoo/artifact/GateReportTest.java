package dev.medzoo.zoo.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.GateReport.Budget;
import dev.medzoo.zoo.artifact.GateReport.Line;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateReportTest {
    private static GateReport report(boolean passed) {
        return new GateReport(
                GateReport.FORMAT,
                "sha256:" + "0".repeat(64),
                "2026-11-23T12:00:00Z",
                Budget.DEFAULT,
                Map.of("java", "17", "processors", "2"),
                List.of(new Line("card", passed, "complete", "complete")));
    }

    @Test
    void equalReportsGiveEqualBytesAndAreReadBack() throws Exception {
        assertThat(report(true).toBytes()).isEqualTo(report(true).toBytes());
        assertThat(GateReport.parse(report(true).toBytes(), "tiny")).isEqualTo(report(true));
    }

    @Test
    void passesWhenEveryLineDoes() {
        assertThat(report(true).passed()).isTrue();
        assertThat(report(false).passed()).isFalse();
        assertThat(report(false).failed())
                .extracting(Line::message)
                .containsExactly("card: complete (expected: complete)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\" : 1 | \"format\" : 2 | format: 2 (expected: 1)",
                "sha256:0 | sha256:x | digest: sha256:x",
                "2026-11-23T | 23.11. | time: 23.11.12:00:00Z (expected: such as",
                "\"bytes\" : 67108864 | \"bytes\" : -1 | budget: -1 bytes",
                "\"seen\" | \"saw\" | Missing required creator property 'seen'",
            })
    void refusesWhatIsNotIts(String good, String bad, String reason) {
        String json = new String(report(true).toBytes(), UTF_8);
        assertThat(json).contains(good);
        assertThatThrownBy(() -> GateReport.parse(json.replace(good, bad).getBytes(UTF_8), "tiny"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("gate.json: " + reason)
                .hasMessageEndingWith(" in tiny");
    }
}
