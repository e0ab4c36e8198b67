package dev.medzoo.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.learn.RoundReport;
import dev.medzoo.training.learn.StepReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private static final StepReport HALF =
            new StepReport(50, 100, 2, 0.5, 81.2, Duration.ofSeconds(3725));
    private static final RoundReport FIRST =
            new RoundReport(1, 25, 0.7, 0.612, 0.6, 0.65, 0.9, 80, 0.004);

    @Test
    void aTerminalSeesABarWithLossScoreSpeedAndTimeLeft() {
        String seen = printed(true);

        assertThat(seen)
                .contains(
                        "\rstep    50/100 [############............] loss 0.500  val macro-F1 0.612"
                                + "  81 pictures/s  1:02:05 left");
    }

    @Test
    void aFileGetsALineARoundAndOneOfTheFirstStep() {
        assertThat(printed(false))
                .isEqualToNormalizingNewlines(
                        "step    25  loss 0.700  val macro-F1 0.612  balanced accuracy 0.600"
                                + "  accuracy 0.650  80 pictures/s  waited 0.4 %\n"
                                + "step    50/100  loss 0.500  81.2 pictures/s  1:02:05 left\n");
    }

    @Test
    void aFileGetsALineOfStepsEveryTenSeconds() {
        AtomicLong seconds = new AtomicLong(-7);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ConsoleProgress progress =
                new ConsoleProgress(
                        new PrintStream(bytes, true, StandardCharsets.UTF_8),
                        false,
                        () -> seconds.get() * 1_000_000_000);
        for (int step = 0; step <= 25; step++) {
            progress.step(HALF);
            seconds.incrementAndGet();
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
    }

    private static String printed(boolean terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ConsoleProgress progress = new ConsoleProgress(out, terminal);
        progress.round(FIRST);
        progress.step(HALF);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
