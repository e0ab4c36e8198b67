package dev.medzoo.training.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class OneCycleTest {
    private static final OneCycle CYCLE = new OneCycle(0.1, 4, 12);

    @Test
    void risesToThePeakAndFallsToNothing() {
        assertThat(CYCLE.at(0)).isCloseTo(0.025, offset(1e-12));
        assertThat(CYCLE.at(3)).isCloseTo(0.1, offset(1e-12));
        assertThat(CYCLE.at(4)).isCloseTo(0.1, offset(1e-12));
        assertThat(CYCLE.at(8)).isCloseTo(0.05, offset(1e-12));
        assertThat(CYCLE.at(12)).isCloseTo(0, offset(1e-12));
    }

    @Test
    void staysAtNothingAfterTheEnd() {
        assertThat(CYCLE.at(100)).isCloseTo(0, offset(1e-12));
    }

    @Test
    void needsNoWarmUp() {
        assertThat(new OneCycle(0.1, 0, 10).at(0)).isEqualTo(0.1);
    }
}
