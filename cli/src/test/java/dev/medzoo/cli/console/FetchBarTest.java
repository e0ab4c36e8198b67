package dev.medzoo.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FetchBarTest {
    private final StringWriter err = new StringWriter();
    private long nanos;

    private FetchBar bar(boolean terminal) {
        FetchBar bar = new FetchBar(new PrintWriter(err), terminal, () -> nanos);
        bar.reset("Fetching", 400);
        return bar;
    }

    @Test
    void showsOnATerminalWhatTakesLongAndWipesIt() {
        FetchBar bar = bar(true);
        bar.update(100);
        assertThat(err.toString()).isEmpty();
        nanos = 600_000_000;
        bar.increment(100);
        String half = "Fetching [" + "#".repeat(15) + ".".repeat(15) + "]  50 %";
        assertThat(err).hasToString("\r" + half);
        bar.update(200);
        assertThat(err).hasToString("\r" + half);
        bar.end();
        assertThat(err).hasToString("\r" + half + "\r" + " ".repeat(half.length()) + "\r");
    }

    @Test
    void isSilentElsewhere() {
        FetchBar bar = bar(false);
        nanos = 600_000_000;
        bar.update(100);
        bar.end();
        assertThat(err.toString()).isEmpty();
    }
}
