package dev.medzoo.zoo.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    /** Truth 0: 3 right, 1 named 1. Truth 1: 2 right, 2 named 0. Truth 2: none. */
    private static ConfusionMatrix matrix() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        for (int[] pair :
                new int[][] {{0, 0}, {0, 0}, {0, 0}, {0, 1}, {1, 1}, {1, 1}, {1, 0}, {1, 0}}) {
            matrix.add(pair[0], pair[1]);
        }
        return matrix;
    }

    @Test
    void countsRowsByTruth() {
        assertThat(matrix().rows())
                .containsExactly(List.of(3, 1, 0), List.of(2, 2, 0), List.of(0, 0, 0));
    }

    @Test
    void givesTheSharesWorkedByHand() {
        ConfusionMatrix matrix = matrix();

        assertThat(matrix.accuracy()).isEqualTo(5.0 / 8);
        assertThat(matrix.precision(0)).isEqualTo(3.0 / 5);
        assertThat(matrix.recall(0)).isEqualTo(3.0 / 4);
        assertThat(matrix.f1(0)).isCloseTo(2.0 / 3, offset(1e-12));
        assertThat(matrix.precision(1)).isEqualTo(2.0 / 3);
        assertThat(matrix.f1(1)).isCloseTo(4.0 / 7, offset(1e-12));
    }

    @Test
    void averagesOverTheClassesThatHavePictures() {
        assertThat(matrix().balancedAccuracy()).isEqualTo((0.75 + 0.5) / 2);
        assertThat(matrix().macroF1()).isCloseTo((2.0 / 3 + 4.0 / 7) / 2, offset(1e-12));
    }

    @Test
    void aClassWithoutPicturesHasNoShare() {
        assertThat(matrix().precision(2)).isZero();
        assertThat(matrix().recall(2)).isZero();
        assertThat(matrix().f1(2)).isZero();
    }
}
