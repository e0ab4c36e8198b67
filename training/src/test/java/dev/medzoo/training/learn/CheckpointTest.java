package dev.medzoo.training.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.recipe.Recipe.Choice;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("jdk")
class CheckpointTest {
    /** The best so far. */
    private static final RoundReport FIRST = round(0.95, 0.20);

    @Test
    void theFirstRoundIsTheBest() {
        Checkpoint.State none = new Checkpoint.State("", 0, 0, 0, List.of());
        for (Choice by : Choice.values()) {
            assertThat(none.isBetter(FIRST, by)).isTrue();
        }
    }

    @Test
    void byMacroF1LossBreaksTies() {
        assertThat(isBetter(round(0.96, 0.90), Choice.MACRO_F1)).isTrue();
        assertThat(isBetter(round(0.94, 0.10), Choice.MACRO_F1)).isFalse();
        assertThat(isBetter(round(0.95, 0.19), Choice.MACRO_F1)).isTrue();
        assertThat(isBetter(round(0.95, 0.20), Choice.MACRO_F1)).isFalse();
    }

    @Test
    void byLossNothingElseCounts() {
        assertThat(isBetter(round(0.90, 0.19), Choice.LOSS)).isTrue();
        assertThat(isBetter(round(1.00, 0.21), Choice.LOSS)).isFalse();
        assertThat(isBetter(round(1.00, 0.20), Choice.LOSS)).isFalse();
    }

    private static boolean isBetter(RoundReport second, Choice by) {
        return new Checkpoint.State("", 1, 0, 0, List.of(FIRST)).isBetter(second, by);
    }

    private static RoundReport round(double macroF1, double valLoss) {
        return new RoundReport(1, 10, 0.5, macroF1, 0.9, 0.9, valLoss, 100, 0);
    }
}
