package dev.medzoo.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScoringLineTest {
    private final StringWriter text = new StringWriter();
    private final AtomicLong now = new AtomicLong();

    private ScoringLine line(boolean terminal) {
        return new ScoringLine(new PrintWriter(text), "fields", terminal, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void redrawsTheLineOnATerminalAndErasesIt() {
        ScoringLine line = line(true);
        line.update(1, 400);
        assertThat(text.toString()).isEmpty();
        pass(Duration.ofSeconds(10));
        line.update(40, 400);
        assertThat(text.toString())
                .isEqualTo(
                        "\r[###...........................] 40 of 400 fields, 10 %, 1 min 30 s left");
        pass(Duration.ofSeconds(80));
        line.update(360, 400);
        assertThat(text.toString()).contains("360 of 400 fields, 90 %, 10 s left ");
        line.end();
        assertThat(text.toString()).endsWith(" \r");
    }

    @Test
    void printsALineEveryHalfMinuteElsewhere() {
        ScoringLine line = line(false);
        for (int i = 1; i <= 100; i++) {
            pass(Duration.ofSeconds(1));
            line.update(i, 20_000);
        }
        line.end();
        assertThat(text.toString().lines())
                .hasSize(3)
                .first()
                .isEqualTo(
                        "[..............................] 30 of 20000 fields, 0 %, 5 h 32 min left");
    }
}
