package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticFitTest {
    private static List<double[]> around(double x, double y, double spread, long seed) {
        Random random = new Random(seed);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            points.add(
                    new double[] {
                        x + spread * random.nextGaussian(), y + spread * random.nextGaussian()
                    });
        }
        return points;
    }

    @Test
    void standsInTheMiddleOfTwoCloudsAcrossTheirLine() {
        LogisticFit fit = LogisticFit.of(around(0, 0, 1, 1), List.of(around(4, 0, 1, 2)), 1e-3);
        assertThat(fit.logit(new double[] {2, 0})).isCloseTo(0, offset(1.0));
        assertThat(fit.logit(new double[] {4, 0})).isGreaterThan(3);
        assertThat(fit.logit(new double[] {0, 0})).isLessThan(-3);
        assertThat(Math.abs(fit.weights()[1])).isLessThan(0.2 * fit.weights()[0]);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void givesItsWeightsForNumbersAsTheyAre(long seed) {
        LogisticFit fit =
                LogisticFit.of(
                        around(50, -3, 7, seed), List.of(around(80, 9, 3, seed + 100)), 1e-2);
        double[] row = {61, 2.5};
        double sum = fit.offset();
        for (int i = 0; i < row.length; i++) {
            sum += fit.weights()[i] * row[i];
            sum += fit.sideWeights()[i] * Math.abs(row[i] - fit.mean()[i]);
        }
        assertThat(sum).isCloseTo(fit.logit(row), offset(1e-9));
    }

    @Test
    void tellsRowsOnBothSidesFromThoseBetween() {
        LogisticFit fit =
                LogisticFit.of(
                        around(0, 0, 1, 1), List.of(around(5, 0, 1, 2), around(-5, 0, 1, 3)), 1e-3);
        assertThat(fit.logit(new double[] {0, 0})).isNegative();
        assertThat(fit.logit(new double[] {4, 0})).isPositive();
        assertThat(fit.logit(new double[] {-4, 0})).isPositive();
    }

    @Test
    void findsTheLeastLoss() {
        List<double[]> own = around(0, 0, 1, 3);
        List<double[]> foreign = around(2, 1, 1, 4);
        LogisticFit fit = LogisticFit.of(own, List.of(foreign), 1e-9);
        // without a penalty the mean error is none, of the rows and of their chances
        double error = 0;
        double across = 0;
        for (int i = 0; i < 200; i++) {
            double ofOwn = 1 / (1 + Math.exp(-fit.logit(own.get(i))));
            double ofForeign = 1 / (1 + Math.exp(-fit.logit(foreign.get(i)))) - 1;
            error += ofOwn + ofForeign;
            across += ofOwn * own.get(i)[0] + ofForeign * foreign.get(i)[0];
        }
        assertThat(error).isCloseTo(0, offset(1e-3));
        assertThat(across).isCloseTo(0, offset(1e-3));
    }

    @Test
    void endsAtTheSameWeightsWhereverItStarts() {
        List<double[]> own = around(0, 0, 1, 3);
        List<List<double[]>> foreign = List.of(around(4, 1, 1, 4), around(-4, 2, 1, 5));
        LogisticFit fromZero = LogisticFit.of(own, foreign, 1e-4);
        LogisticFit ofOthers = LogisticFit.of(around(1, 1, 2, 6), foreign, 1e-3);
        LogisticFit fromThere = ofOthers.again(own, foreign, 1e-4);
        assertThat(fromThere.weights()).containsExactly(fromZero.weights(), offset(1e-5));
        assertThat(fromThere.offset()).isCloseTo(fromZero.offset(), offset(1e-5));
    }

    @Test
    void countsKindsAlikeHoweverManyPicturesTheyHave() {
        List<double[]> own = around(0, 0, 1, 5);
        List<double[]> kind = around(3, 0, 1, 6);
        List<double[]> many = new ArrayList<>();
        Collections.nCopies(5, kind).forEach(many::addAll);
        List<double[]> other = around(-3, 3, 1, 7);
        LogisticFit few = LogisticFit.of(own, List.of(kind, other), 1e-2);
        LogisticFit more = LogisticFit.of(own, List.of(many, other), 1e-2);
        assertThat(more.weights()).containsExactly(few.weights(), offset(1e-6));
    }

    @Test
    void staysFiniteForRowsFarAwayAndNumbersThatNeverChange() {
        List<double[]> own = List.of(new double[] {1, 2}, new double[] {1, 3});
        List<List<double[]>> foreign =
                List.of(List.of(new double[] {1e4, 2}), List.of(new double[] {0, -1e4}));
        LogisticFit fit = LogisticFit.of(own, foreign, 1e-3);
        assertThat(fit.logit(own.get(0))).isNegative();
        assertThat(fit.logit(new double[] {1e4, 2})).isPositive().isFinite();
    }
}
