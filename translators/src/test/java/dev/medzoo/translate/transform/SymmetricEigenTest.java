package dev.medzoo.translate.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
    @Test
    void agreesWithTheMatrixWorkedByHand() {
        SymmetricEigen.Pair[] pairs = SymmetricEigen.of(new double[][] {{2, 1}, {1, 2}});

        assertThat(pairs[0].value()).isCloseTo(3, offset(1e-12));
        assertThat(pairs[0].vector()[0]).isCloseTo(pairs[0].vector()[1], offset(1e-12));
        assertThat(pairs[1].value()).isCloseTo(1, offset(1e-12));
        assertThat(pairs[1].vector()[0]).isCloseTo(-pairs[1].vector()[1], offset(1e-12));
    }

    @Test
    void leavesADiagonalAsItIs() {
        SymmetricEigen.Pair[] pairs =
                SymmetricEigen.of(new double[][] {{1, 0, 0}, {0, 5, 0}, {0, 0, 0}});

        assertThat(Arrays.stream(pairs).mapToDouble(pair -> pair.value()))
                .containsExactly(5.0, 1.0, 0.0);
        assertThat(pairs[0].vector()).containsExactly(0, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyVectorIsOnlyStretchedAndHasLengthOne(long seed) {
        int size = 3 + (int) seed * 4;
        double[][] matrix = symmetric(size, new Random(seed));

        double trace = 0;
        for (SymmetricEigen.Pair pair : SymmetricEigen.of(matrix)) {
            double length = 0;
            for (int row = 0; row < size; row++) {
                double turned = 0;
                for (int column = 0; column < size; column++) {
                    turned += matrix[row][column] * pair.vector()[column];
                }
                assertThat(turned).isCloseTo(pair.value() * pair.vector()[row], offset(1e-9));
                length += pair.vector()[row] * pair.vector()[row];
            }
            assertThat(length).isCloseTo(1, offset(1e-12));
            trace += pair.value();
        }
        double expected = 0;
        for (int i = 0; i < size; i++) {
            expected += matrix[i][i];
        }
        assertThat(trace).isCloseTo(expected, offset(1e-9));
    }

    private static double[][] symmetric(int size, Random random) {
        double[][] matrix = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                matrix[row][column] = random.nextGaussian();
                matrix[column][row] = matrix[row][column];
            }
        }
        return matrix;
    }
}
