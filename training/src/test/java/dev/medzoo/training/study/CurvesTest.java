package dev.medzoo.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.report.Point;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables worked by hand. */
class CurvesTest {
    @Test
    void classesToldApartWithoutMistakeAreAllFoundAtOnce() {
        List<Point> roc = Curves.roc(List.of(scores(List.of(0, 0, 1, 1), 0.1, 0.2, 0.8, 0.9)));

        assertThat(roc).hasSize(101).allSatisfy(dot -> assertThat(dot.y()).isEqualTo(1));
    }

    @Test
    void aMistakeCostsWhatItsRankSays() {
        // Of class 1, by rank: hit, miss, hit, miss. Found: 1/2 until half of the others came.
        // Of class 0: hit, miss, hit, miss too.
        List<Point> roc = Curves.roc(List.of(scores(List.of(0, 1, 0, 1), 0.1, 0.2, 0.8, 0.9)));

        assertThat(roc.get(0).y()).isEqualTo(0.5);
        assertThat(roc.get(49).y()).isEqualTo(0.5);
        assertThat(roc.get(50).y()).isEqualTo(1);
    }

    @Test
    void reliabilityIsTheShareOfRightNamesInABinOfConfidence() {
        List<Point> dots = Curves.reliability(scores(List.of(1, 1, 0, 0), 0.92, 0.98, 0.94, 0.35));

        assertThat(dots).hasSize(2);
        assertThat(dots.get(0).x()).isCloseTo(0.65, within(1e-9));
        assertThat(dots.get(0).y()).isEqualTo(1);
        assertThat(dots.get(1).x()).isCloseTo((0.92 + 0.98 + 0.94) / 3, within(1e-9));
        assertThat(dots.get(1).y()).isCloseTo(2.0 / 3, within(1e-9));
    }

    /** Pictures of two classes, given by the probability of class 1. */
    private static Scores scores(List<Integer> truth, double... ofClass1) {
        List<double[]> logits =
                Arrays.stream(ofClass1)
                        .mapToObj(p -> new double[] {Math.log(1 - p), Math.log(p)})
                        .toList();
        List<String> groups = truth.stream().map(label -> "g").toList();
        return new Scores(2, truth, groups, logits);
    }
}
