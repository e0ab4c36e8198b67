package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AbstainThresholdTest {
    /** Ten pictures whose top probabilities are .50, .55, … .95. */
    private static Scores scores() {
        List<double[]> logits =
                IntStream.range(0, 10)
                        .mapToObj(i -> 0.5 + 0.05 * i)
                        .map(top -> new double[] {Math.log(top), Math.log(1 - top)})
                        .toList();
        List<String> groups = IntStream.range(0, 10).mapToObj(i -> "g" + i).toList();
        return new Scores(2, Collections.nCopies(10, 0), groups, logits);
    }

    @Test
    void leavesTheStatedShareAnswered() {
        // below .65 are .50, .55 and .60
        assertThat(AbstainThreshold.fit(scores(), 1, 0.7)).isCloseTo(0.65, offset(1e-12));
        assertThat(AbstainThreshold.fit(scores(), 1, 0.9)).isCloseTo(0.55, offset(1e-12));
    }

    @Test
    void abstainsOnNoneWhenAllAreToBeAnswered() {
        assertThat(AbstainThreshold.fit(scores(), 1, 1)).isCloseTo(0.5, offset(1e-12));
        assertThat(AbstainThreshold.fit(scores(), 1, 0.95)).isCloseTo(0.5, offset(1e-12));
    }

    @Test
    void staysBelowOneWhereEveryPictureIsCertain() {
        Scores certain =
                new Scores(
                        2,
                        List.of(0, 0),
                        List.of("a", "b"),
                        List.of(new double[] {4000, 0}, new double[] {4000, 0}));

        assertThat(AbstainThreshold.fit(certain, 1, 0.5)).isLessThan(1).isGreaterThan(0.99);
    }
}
