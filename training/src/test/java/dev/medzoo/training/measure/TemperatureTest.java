package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2, 4})
    void findsHowMuchTooSureTheLogitsAre(double tooSure) {
        Scores scores = drawn(tooSure);

        assertThat(Temperature.fit(scores)).isCloseTo(tooSure, offset(0.1 * tooSure));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3})
    void neverLeavesTheLogitsWorse(double tooSure) {
        Scores scores = drawn(tooSure);

        assertThat(Temperature.loss(scores, Temperature.fit(scores)))
                .isLessThan(Temperature.loss(scores, 1));
    }

    @Test
    void aSplitToldApartWithoutAMistakeMakesNothingCertain() {
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            truth.add(i % 2);
            groups.add("g" + i);
            logits.add(i % 2 == 0 ? new double[] {3, -3} : new double[] {-3, 3});
        }
        Scores scores = new Scores(2, truth, groups, logits);

        double[] probabilities = scores.probabilities(0, Temperature.fit(scores));

        // of 100 pictures of the class, the label counts 101 / 102
        assertThat(probabilities[0]).isCloseTo(101.0 / 102, offset(1e-4));
    }

    @Test
    void aTemperatureThatMendsValIsTaken() {
        Temperature.Chosen chosen = Temperature.choose(drawn(3));

        assertThat(chosen.value()).isCloseTo(3, offset(0.3));
        assertThat(chosen.reason()).startsWith("accepted: the fitted 3.0");
    }

    /** 39 of 40 right at 0.975: as sure as it should be, though nearly sure labels ask for less. */
    @Test
    void oneIsKeptWhereTheFittedTemperatureMakesValWorse() {
        Scores scores = twoClasses(40, 39, Math.log(39), Math.log(39));

        Temperature.Chosen chosen = Temperature.choose(scores);

        assertThat(Temperature.fit(scores)).isGreaterThan(1.2);
        assertThat(chosen.value()).isEqualTo(1);
        assertThat(chosen.reason())
                .matches(
                        "1 \\(not fitted\\), as val gets worse otherwise: the fitted 1\\.\\d+ takes"
                                + " log loss on"
                                + " val from 0\\.1169 to 0\\.\\d+, calibration error from 0\\.0000 to"
                                + " 0\\.\\d+");
    }

    /** 90 right and hardly sure, 10 wrong and surely: less sure is likelier, and further off. */
    @Test
    void oneIsKeptWhereALowerLossHasALargerCalibrationError() {
        Scores scores = twoClasses(100, 90, 1, 4);
        ProbabilityErrors before = new ProbabilityErrors(scores, 1);
        ProbabilityErrors after = new ProbabilityErrors(scores, Temperature.fit(scores));
        int[] all = IntStream.range(0, 100).toArray();

        assertThat(after.logLoss(all)).isLessThan(before.logLoss(all));
        assertThat(after.error(all)).isGreaterThan(before.error(all));
        assertThat(Temperature.choose(scores).value()).isEqualTo(1);
    }

    /** Pictures of two classes in turn, the last ones named wrongly, with a logit for each kind. */
    private static Scores twoClasses(int pictures, int right, double ofRight, double ofWrong) {
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            truth.add(i % 2);
            groups.add("g" + i);
            double logit = i < right ? ofRight : -ofWrong;
            logits.add(i % 2 == 0 ? new double[] {logit, 0} : new double[] {0, logit});
        }
        return new Scores(2, truth, groups, logits);
    }

    /** Labels drawn from the softmax of logits that are then multiplied. */
    private static Scores drawn(double tooSure) {
        Random random = new Random(7);
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double logit = 2 * random.nextGaussian();
            truth.add(random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 0 : 1);
            groups.add("g" + i);
            logits.add(new double[] {logit * tooSure, 0});
        }
        return new Scores(2, truth, groups, logits);
    }
}
