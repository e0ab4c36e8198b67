package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AurocTest {
    @Test
    void agreesWithPairsCountedByHand() {
        // positives .9 .4 against negatives .5 .4 .1: wins 3 + 1, one tie, of 6 pairs
        double[] scores = {0.9, 0.5, 0.4, 0.4, 0.1};
        boolean[] positive = {true, false, true, false, false};

        assertThat(Auroc.of(scores, positive)).isEqualTo(4.5 / 6);
    }

    @Test
    void isOneWhenEveryPositiveIsAboveEveryNegative() {
        assertThat(Auroc.of(new double[] {2, 3, 1}, new boolean[] {true, true, false}))
                .isEqualTo(1);
    }

    @Test
    void isAHalfWhenAllScoresAreEqual() {
        assertThat(Auroc.of(new double[] {1, 1, 1}, new boolean[] {true, false, true}))
                .isEqualTo(0.5);
    }

    @Test
    void isUndefinedWithoutNegatives() {
        assertThat(Auroc.of(new double[] {1, 2}, new boolean[] {true, true})).isNaN();
    }

    @Test
    void isUndefinedWhereAScoreIsNoNumber() {
        double[] scores = {1, Double.NaN, 2};
        assertThat(Auroc.of(scores, new boolean[] {true, false, true})).isNaN();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void turnsRoundWithTheScores(long seed) {
        Random random = new Random(seed);
        double[] scores = random.doubles(40).map(x -> Math.round(x * 10)).toArray();
        double[] negated = IntStream.range(0, 40).mapToDouble(i -> -scores[i]).toArray();
        boolean[] positive = new boolean[40];
        for (int i = 0; i < 40; i++) {
            positive[i] = random.nextBoolean();
        }

        assertThat(Auroc.of(scores, positive) + Auroc.of(negated, positive))
                .isCloseTo(1, offset(1e-12));
    }
}
