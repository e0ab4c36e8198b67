package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.training.measure.PrecisionRecallCurve.Point;
import org.junit.jupiter.api.Test;

class PrecisionRecallCurveTest {
    @Test
    void fivePicturesByHand() {
        double[] scores = {0.9, 0.8, 0.7, 0.6, 0.5};
        boolean[] positive = {true, false, true, false, false};

        PrecisionRecallCurve curve = PrecisionRecallCurve.of(scores, positive);

        assertThat(curve.points())
                .containsExactly(
                        new Point(0, 1),
                        new Point(0.5, 1),
                        new Point(0.5, 0.5),
                        new Point(1, 2 / 3.0),
                        new Point(1, 0.5),
                        new Point(1, 0.4));
        assertThat(curve.averagePrecision()).isCloseTo(0.5 + 0.5 * 2 / 3, within(1e-12));
    }

    @Test
    void equalScoresArePassedInOneStep() {
        PrecisionRecallCurve curve =
                PrecisionRecallCurve.of(
                        new double[] {1, 1, 1, 1}, new boolean[] {true, false, false, false});

        assertThat(curve.points()).containsExactly(new Point(0, 0.25), new Point(1, 0.25));
        assertThat(curve.averagePrecision()).isEqualTo(0.25);
    }

    @Test
    void withoutAPositiveThereIsNone() {
        assertThatThrownBy(() -> PrecisionRecallCurve.of(new double[] {1}, new boolean[] {false}))
                .hasMessage("precision: 0 positives (expected: some)");
    }
}
