package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.measure.Bootstrap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
    private static final double[] NAMES_0 = {2, 0};
    private static final double[] NAMES_1 = {0, 2};

    @Test
    void wholeGroupsAreDrawnSoTheirPicturesMakeNoIntervalNarrower() {
        Scores few = scores(10, 1);
        Scores repeated = scores(10, 50);

        Estimate one = accuracy(few);
        Estimate many = accuracy(repeated);

        assertThat(many).isEqualTo(one);
        assertThat(many.high() - many.low()).isGreaterThan(0.2);
    }

    @Test
    void oneGroupGivesAnIntervalWithoutWidth() {
        Scores scores =
                new Scores(
                        2,
                        List.of(0, 1, 1),
                        List.of("a", "a", "a"),
                        List.of(NAMES_0, NAMES_1, NAMES_0));

        assertThat(accuracy(scores)).isEqualTo(new Estimate(2.0 / 3, 2.0 / 3, 2.0 / 3));
    }

    @Test
    void theSameScoresGiveTheSameInterval() {
        assertThat(estimates(scores(8, 2), 1)).isEqualTo(estimates(scores(8, 2), 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyIntervalLiesInTheRangeOfItsMeasure(long seed) {
        Random random = new Random(seed);
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            truth.add(i % 3);
            groups.add("g" + random.nextInt(20));
            logits.add(random.doubles(3).toArray());
        }

        estimates(new Scores(3, truth, groups, logits), 0.7)
                .forEach(
                        (name, of) -> {
                            assertThat(of.low()).as(name).isBetween(0.0, of.high());
                            assertThat(of.high()).as(name).isLessThanOrEqualTo(1);
                        });
    }

    private static Map<String, Estimate> estimates(Scores scores, double temperature) {
        return Bootstrap.estimates(scores.groups(), new Measures(scores, temperature)::of);
    }

    private static Estimate accuracy(Scores scores) {
        return Objects.requireNonNull(estimates(scores, 1).get("accuracy"));
    }

    /** Every second group is named right, every other wrong. */
    private static Scores scores(int groupCount, int picturesEach) {
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (int group = 0; group < groupCount; group++) {
            for (int i = 0; i < picturesEach; i++) {
                truth.add(group / 2 % 2);
                groups.add("g" + group);
                boolean right = group % 2 == 0;
                logits.add((group / 2 % 2 == 0) == right ? NAMES_0 : NAMES_1);
            }
        }
        return new Scores(2, truth, groups, logits);
    }
}
