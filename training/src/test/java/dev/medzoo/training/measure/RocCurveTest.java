package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.medzoo.training.measure.RocCurve.Point;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocCurveTest {
    @Test
    void goesThroughTheCornersWorkedByHand() {
        // .9 gains a positive, .5 costs a negative, both of .4 do one each, .1 costs the last
        double[] scores = {0.9, 0.5, 0.4, 0.4, 0.1};
        boolean[] positive = {true, false, true, false, false};

        assertThat(RocCurve.of(scores, positive).points())
                .containsExactly(
                        new Point(0, 0),
                        new Point(0, 0.5),
                        new Point(1.0 / 3, 0.5),
                        new Point(2.0 / 3, 1),
                        new Point(1, 1));
    }

    @Test
    void leavesOutWhatLiesOnAStraightLine() {
        double[] scores = {5, 4, 3, 2, 1};
        boolean[] positive = {true, true, false, false, false};

        assertThat(RocCurve.of(scores, positive).points())
                .containsExactly(new Point(0, 0), new Point(0, 1), new Point(1, 1));
    }

    @Test
    void refusesScoresWithoutANegative() {
        assertThatThrownBy(() -> RocCurve.of(new double[] {1, 2}, new boolean[] {true, true}))
                .hasMessage("ROC: 2 positives, 0 negatives (expected: some of each)");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theAreaUnderItIsTheAuroc(long seed) {
        Random random = new Random(seed);
        double[] scores = random.doubles(40).map(x -> Math.round(x * 10)).toArray();
        boolean[] positive = new boolean[40];
        for (int i = 0; i < 40; i++) {
            positive[i] = random.nextBoolean();
        }

        assertThat(area(RocCurve.of(scores, positive).points()))
                .isCloseTo(Auroc.of(scores, positive), offset(1e-12));
    }

    private static double area(List<Point> points) {
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            area +=
                    (to.falsePositiveRate() - from.falsePositiveRate())
                            * (from.truePositiveRate() + to.truePositiveRate())
                            / 2;
        }
        return area;
    }
}
