package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.medzoo.translate.finding.Conformal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitConformalTest {
    /** The true label of picture i has the probability of its place. */
    private static Scores ofTruth(double... probabilities) {
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (double probability : probabilities) {
            truth.add(0);
            groups.add("g" + truth.size());
            logits.add(new double[] {Math.log(probability), Math.log(1 - probability)});
        }
        return new Scores(2, truth, groups, logits);
    }

    @Test
    void takesTheRankWorkedByHand() {
        Scores scores = ofTruth(0.9, 0.2, 0.7, 0.4, 0.8, 0.6, 0.3, 0.5, 0.1);

        // of 9 pictures: the 5th, the 8th and the 9th highest
        assertThat(SplitConformal.fit(scores, 1, 0.5).threshold()).isCloseTo(0.5, offset(1e-12));
        assertThat(SplitConformal.fit(scores, 1, 0.8).threshold()).isCloseTo(0.2, offset(1e-12));
        assertThat(SplitConformal.fit(scores, 1, 0.9).threshold()).isCloseTo(0.1, offset(1e-12));
    }

    @Test
    void rulesNothingOutWhenThePicturesAreTooFew() {
        Scores scores = ofTruth(0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9);

        assertThat(SplitConformal.fit(scores, 1, 0.9)).isEqualTo(new Conformal(0.9, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void coversLaterPicturesAsOftenAsStated(long seed) {
        Random random = new Random(seed);
        Conformal sets = SplitConformal.fit(drawn(random, 2000), 1, 0.9);
        Scores later = drawn(random, 20_000);

        long covered = 0;
        for (int i = 0; i < later.size(); i++) {
            double[] probabilities = later.probabilities(i, 1);
            double highest = probabilities[later.named(i)];
            covered += sets.includes(probabilities[later.truth().get(i)], highest) ? 1 : 0;
        }
        assertThat((double) covered / later.size()).isBetween(0.87, 0.94);
    }

    /** Four labels, the true one a little more likely to have a high logit. */
    private static Scores drawn(Random random, int pictures) {
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            int label = random.nextInt(4);
            double[] of = new double[4];
            for (int k = 0; k < 4; k++) {
                of[k] = random.nextGaussian() + (k == label ? 1 : 0);
            }
            truth.add(label);
            groups.add("g" + i);
            logits.add(of);
        }
        return new Scores(4, truth, groups, logits);
    }
}
