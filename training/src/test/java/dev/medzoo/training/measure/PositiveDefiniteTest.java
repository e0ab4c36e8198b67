package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositiveDefiniteTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 33})
    void solvesWhatItsPlainProductSays(int size) {
        Random random = new Random(size);
        double[] diagonal = random.doubles(size, 0.1, 2).toArray();
        double[][] rows =
                Stream.generate(() -> random.doubles(size, -3, 3).toArray())
                        .limit(size + 2)
                        .toArray(double[][]::new);
        double[] weights = random.doubles(rows.length, 0, 1).toArray();
        double[] right = random.doubles(size, -1, 1).toArray();

        PositiveDefinite matrix = new PositiveDefinite(diagonal);
        matrix.addOuterProducts(Arrays.asList(rows), weights);
        double[] solution = matrix.solve(right);

        for (int i = 0; i < size; i++) {
            double product = diagonal[i] * solution[i];
            for (int of = 0; of < rows.length; of++) {
                for (int j = 0; j < size; j++) {
                    product += weights[of] * rows[of][i] * rows[of][j] * solution[j];
                }
            }
            assertThat(product).isCloseTo(right[i], offset(1e-9));
        }
    }
}
