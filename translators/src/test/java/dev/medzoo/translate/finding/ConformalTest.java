package dev.medzoo.translate.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformalTest {
    @Test
    void includesWhatIsProbableEnoughAndAlwaysTheMostProbable() {
        Conformal sets = new Conformal(0.9, 0.3);
        assertThat(sets.includes(0.3, 0.6)).isTrue();
        assertThat(sets.includes(0.29, 0.6)).isFalse();
        assertThat(sets.includes(0.25, 0.25)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void refusesACoverageThatCannotBeStated(double coverage) {
        String message = "coverage: " + coverage + " (expected: above 0, below 1)";
        assertThatThrownBy(() -> new Conformal(coverage, 0.5)).hasMessage(message);
        assertThatThrownBy(() -> new ConformalSet(coverage, List.of("a"))).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesAThresholdThatIsNoProbability(double threshold) {
        assertThatThrownBy(() -> new Conformal(0.9, threshold))
                .hasMessage("conformal threshold: " + threshold + " (expected: 0..1)");
    }

    @Test
    void refusesASetWithoutLabelsOrWithOneTwice() {
        for (List<String> labels : List.of(List.<String>of(), List.of("a", "a"))) {
            assertThatThrownBy(() -> new ConformalSet(0.9, labels))
                    .hasMessage("set: " + labels + " (expected: at least one label, none twice)");
        }
    }
}
