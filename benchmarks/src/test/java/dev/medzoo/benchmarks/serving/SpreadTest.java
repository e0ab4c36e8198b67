package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void aRatioIsThatOfTwoFiguresOfOneRound() {
        Spread ratios = Spread.ofRatios(new double[] {10, 60, 30}, new double[] {5, 20, 30});

        assertThat(ratios).isEqualTo(new Spread(2, 1, 3));
        assertThat(ratios).hasToString("2.00 [1.00, 3.00]");
    }

    @Test
    void oneRoundIsItsOwnInterval() {
        assertThat(Spread.of(new double[] {4})).isEqualTo(new Spread(4, 4, 4));
    }
}
