package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbabilityErrorsTest {
    private static final double LN3 = Math.log(3);

    /** Confidence 3/4 in label 0 for three pictures, the last of which is a 1; 1/2 for one more. */
    private static Scores scores() {
        double[] sure = {LN3, 0};
        return new Scores(
                2,
                List.of(0, 0, 1, 0),
                List.of("a", "b", "c", "d"),
                List.of(sure, sure, sure, new double[] {0, 0}));
    }

    private static double measure(String name, Scores scores, double temperature, int... pictures) {
        return Objects.requireNonNull(
                new ProbabilityErrors(scores, temperature).of(pictures).get(name));
    }

    @Test
    void agreesWithTheTableWorkedByHand() {
        // equal width: bin of 1/2 has gap -1/2, bin of 3/4 has gaps -1/4 -1/4 +3/4
        assertThat(measure("error", scores(), 1, 0, 1, 2, 3))
                .isCloseTo((0.5 + 0.25) / 4, offset(1e-12));
        // 15 bins for 4 pictures: each has a bin of its own
        assertThat(measure("adaptiveError", scores(), 1, 0, 1, 2, 3))
                .isCloseTo((0.5 + 0.25 + 0.25 + 0.75) / 4, offset(1e-12));
        assertThat(measure("brier", scores(), 1, 0, 1, 2, 3))
                .isCloseTo((0.125 + 0.125 + 1.125 + 0.5) / 4, offset(1e-12));
        assertThat(measure("logLoss", scores(), 1, 0, 1, 2, 3))
                .isCloseTo(
                        -(2 * Math.log(0.75) + Math.log(0.25) + Math.log(0.5)) / 4, offset(1e-12));
    }

    @Test
    void countsAPictureAsOftenAsItIsDrawn() {
        assertThat(measure("brier", scores(), 1, 3, 3, 3)).isCloseTo(0.5, offset(1e-12));
        assertThat(measure("adaptiveError", scores(), 1, 2, 2)).isCloseTo(0.75, offset(1e-12));
    }

    @Test
    void putsEquallyManyPicturesIntoEachAdaptiveBin() {
        // 30 pictures of one confidence, right and wrong in turn: two a bin, whose gaps cancel
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            truth.add(i % 2);
            groups.add("g" + i);
            logits.add(new double[] {1e-9, 0});
        }
        Scores scores = new Scores(2, truth, groups, logits);

        assertThat(measure("adaptiveError", scores, 1, Measures.all(scores)))
                .isCloseTo(0, offset(1e-6));
    }

    @Test
    void aLabelWithoutAnyProbabilityLeftHasAFiniteLoss() {
        Scores scores = new Scores(2, List.of(1), List.of("a"), List.of(new double[] {2000, 0}));

        assertThat(measure("logLoss", scores, 0.5, 0)).isEqualTo(4000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyErrorLiesInItsRange(long seed) {
        Random random = new Random(seed);
        List<double[]> logits =
                IntStream.range(0, 50).mapToObj(i -> random.doubles(3, -4, 4).toArray()).toList();
        List<Integer> truth = random.ints(50, 0, 3).boxed().toList();
        List<String> groups = IntStream.range(0, 50).mapToObj(i -> "g" + i).toList();
        Scores scores = new Scores(3, truth, groups, logits);
        int[] drawn = random.ints(50, 0, 50).toArray();

        assertThat(measure("error", scores, 1, drawn)).isBetween(0.0, 1.0);
        assertThat(measure("adaptiveError", scores, 1, drawn)).isBetween(0.0, 1.0);
        assertThat(measure("brier", scores, 1, drawn)).isBetween(0.0, 2.0);
        assertThat(measure("logLoss", scores, 1, drawn)).isPositive();
    }
}
