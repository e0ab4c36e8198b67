package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
