package dev.medzoo.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private static final StepReport HALF =
            new StepReport(2, 10, 48, 96, 0.5, 81.2, Duration.ofSeconds(3725));
    private static final EpochReport FIRST = new EpochReport(1, 0.7, 0.612, 0.6, 0.65, 80, 0.004);

    @Test
    void aTerminalSeesABarWithLossScoreSpeedAndTimeLeft() {
        String seen = printed(true);

        assertThat(seen)
                .contains(
                        "\repoch   2/10 [############............] loss 0.500  val macro-F1 0.612"
                                + "  81 pictures/s  1:02:05 left");
    }

    @Test
    void aFileGetsALineAnEpochAlone() {
        assertThat(printed(false))
                .isEqualToNormalizingNewlines(
                        "epoch   1  loss 0.700  val macro-F1 0.612  balanced accuracy 0.600"
                                + "  accuracy 0.650  80 pictures/s  waited 0.4 %\n");
    }

    private static String printed(boolean terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ConsoleProgress progress = new ConsoleProgress(out, terminal);
        progress.epoch(FIRST);
        progress.step(HALF);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
