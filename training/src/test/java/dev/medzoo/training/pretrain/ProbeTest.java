package dev.medzoo.training.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final Offset<Double> ALMOST = within(1e-6);
    private static final double[][] ROWS = {
        {1, 0.1}, {1, -0.1}, {0.9, 0}, {-1, 0.1}, {-1, -0.1}, {-0.9, 0}
    };
    private static final int[] LABELS = {0, 0, 0, 1, 1, 1};

    @Test
    void neighboursNameTheClassThatLiesThatWay() {
        NearestNeighbours neighbours = new NearestNeighbours(ROWS, LABELS, 2);

        assertThat(neighbours.name(new double[] {0.5, 0.05})).isZero();
        assertThat(neighbours.name(new double[] {-3, 0})).isEqualTo(1);
    }

    @Test
    void aRareClassVotesAsLoudlyAsACommonOne() {
        assertThat(NearestNeighbours.classWeights(new int[] {0, 0, 0, 1}, 2))
                .containsExactly(4 / 6.0, 2);
    }

    @Test
    void aLineTellsApartWhatALineCan() {
        LinearClassifier line = LinearClassifier.fit(ROWS, LABELS, 2);

        for (int i = 0; i < ROWS.length; i++) {
            assertThat(line.name(ROWS[i])).isEqualTo(LABELS[i]);
        }
    }

    @Test
    void scaledFeaturesHaveMeanZeroAndDeviationOne() {
        FeatureScale scale = FeatureScale.of(List.of(new double[] {1, 10}, new double[] {3, 30}));

        assertThat(scale.apply(new double[] {1, 10}))
                .containsExactly(new double[] {-1, -1}, ALMOST);
        assertThat(scale.apply(new double[] {4, 20})).containsExactly(new double[] {2, 0}, ALMOST);
    }

    @Test
    void everyRowIsNamedByOthersAlone() {
        ProbeScores verdicts = new ProbeScores(2);
        double[][] rows = {{1, 0}, {1.1, 0}, {-1, 0}, {-1.1, 0}};

        verdicts.add(rows, new int[] {0, 0, 1, 1}, i -> i % 2 == 0);
        verdicts.add(rows, new int[] {0, 0, 1, 1}, i -> i % 2 == 1);

        assertThat(verdicts.knn()).isEqualTo(1);
        assertThat(verdicts.linear()).isEqualTo(1);
    }
}
