package dev.medzoo.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.training.measure.Scores;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables worked by hand. */
class StatisticsTest {
    private static final double[] NAMES_0 = {2, 0};
    private static final double[] NAMES_1 = {0, 2};

    @Test
    void holmMultipliesTheSmallestByAllAndNeverFalls() {
        // Sorted .01 .02 .03 .2: times 4, 3, 2, 1 = .04 .06 .06 .2
        assertThat(Holm.adjusted(List.of(0.2, 0.01, 0.03, 0.02)))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactly(0.2, 0.04, 0.06, 0.06);
        assertThat(Holm.adjusted(List.of(0.6, 0.7))).containsExactly(1.0, 1.0);
        assertThat(Holm.adjusted(List.of())).isEmpty();
    }

    @Test
    void pIsTwiceTheShareOfDrawsOnTheRarerSide() {
        // 19 draws, one of them not above 0: 2 (1 + 1) / (19 + 1)
        double[] draws = IntStream.range(0, 19).mapToDouble(i -> i == 0 ? -1 : i).toArray();

        assertThat(new BootstrapEstimate(1, draws).p(100)).isCloseTo(0.2, within(1e-12));
        assertThat(new BootstrapEstimate(0, new double[19]).p(100)).isEqualTo(1);
    }

    @Test
    void twoGroupsThatAgreeProveNothing() {
        double[] draws = new double[1999];
        Arrays.fill(draws, 1);

        assertThat(new BootstrapEstimate(1, draws).p(100)).isCloseTo(0.001, within(1e-12));
        assertThat(new BootstrapEstimate(1, draws).p(2)).isEqualTo(0.5);
        assertThat(new BootstrapEstimate(1, draws).p(8)).isEqualTo(1 / 128.0);
        assertThat(new BootstrapEstimate(1, draws).p(1)).isEqualTo(1);
    }

    @Test
    void differencesAndMeansAreTakenDrawByDraw() {
        BootstrapEstimate a = new BootstrapEstimate(3, new double[] {1, 5, Double.NaN});
        BootstrapEstimate b = new BootstrapEstimate(1, new double[] {1, 1, 1});

        assertThat(a.minus(b).interval()).isEqualTo(new Estimate(2, 0.1, 3.9));
        Estimate mean = BootstrapEstimate.mean(List.of(a, b)).interval();
        assertThat(mean.value()).isEqualTo(2);
        assertThat(mean.low()).isCloseTo(1.05, within(1e-12));
        assertThat(mean.high()).isCloseTo(2.95, within(1e-12));
    }

    @Test
    void seedsAreDrawnWithTheGroups() {
        // Of two seeds that differ by 2, a draw has one twice (1/4 each) or both (1/2).
        BootstrapEstimate low = new BootstrapEstimate(-1, filled(-1));
        BootstrapEstimate high = new BootstrapEstimate(1, filled(1));

        BootstrapEstimate mean = BootstrapEstimate.meanOverSeeds(List.of(low, high), 7);

        assertThat(mean.value()).isZero();
        assertThat(mean.interval()).isEqualTo(new Estimate(0, -1, 1));
        assertThat(BootstrapEstimate.meanOverSeeds(List.of(high, high), 7).interval())
                .isEqualTo(new Estimate(1, 1, 1));
    }

    private static double[] filled(double value) {
        double[] draws = new double[2000];
        Arrays.fill(draws, value);
        return draws;
    }

    @Test
    void runsOnTheSameGroupsAreDrawnAlike() {
        Scores good = scores(10, group -> true);
        Scores mixed = scores(10, group -> group % 2 == 0);
        ClusterBootstrap draws = new ClusterBootstrap(good.groups());

        BootstrapEstimate right = drawn(draws, good);
        BootstrapEstimate half = drawn(draws, mixed);

        assertThat(right.interval()).isEqualTo(new Estimate(1, 1, 1));
        assertThat(half.value()).isEqualTo(0.5);
        // A draw of ten groups has all ten of the right kind once in 1024 times.
        assertThat(right.minus(half).p(10)).isLessThan(0.02);
        assertThat(half.minus(half).interval()).isEqualTo(new Estimate(0, 0, 0));
        assertThat(half.minus(half).p(10)).isEqualTo(1);
    }

    @Test
    void morePicturesInAGroupMakeNoIntervalNarrower() {
        Scores few = scores(10, group -> group % 2 == 0);
        Scores many = SeedPredictions.pool(List.of(few, few, few, few));

        assertThat(drawn(new ClusterBootstrap(many.groups()), many).interval())
                .isEqualTo(drawn(new ClusterBootstrap(few.groups()), few).interval());
    }

    @Test
    void theTilesOfAPictureAreAveraged() {
        double certain = Math.log(9);
        Scores tiles =
                new Scores(
                        2,
                        List.of(1, 1, 0),
                        List.of("a", "a", "b"),
                        List.of(new double[] {0, certain}, new double[] {0, 0}, NAMES_0));

        Scores whole = new SeedPredictions(tiles, List.of("p", "p", "q")).wholePictures();

        assertThat(whole.truth()).containsExactly(1, 0);
        assertThat(whole.groups()).containsExactly("a", "b");
        assertThat(whole.probabilities(0, 1)[1]).isCloseTo((0.9 + 0.5) / 2, within(1e-9));
        assertThatThrownBy(() -> new SeedPredictions(tiles, List.of("p", "q", "q")).wholePictures())
                .hasMessage("source: q of several classes (expected: of one)");
    }

    @Test
    void thePicturesOfAGroupAreAveragedWhereTheyAreOfOneClass() {
        double certain = Math.log(9);
        Scores pictures =
                new Scores(
                        2,
                        List.of(1, 0, 1, 0, 1),
                        List.of("slide7", "slide8", "slide7", "mixed", "mixed"),
                        List.of(
                                new double[] {0, certain},
                                NAMES_1,
                                new double[] {certain, 0},
                                NAMES_0,
                                NAMES_0));
        SeedPredictions verdicts = new SeedPredictions(pictures, List.of("p", "q", "r", "s", "t"));

        Scores groups = verdicts.of(Measure.Unit.GROUP);

        assertThat(groups.truth()).containsExactly(1, 0);
        assertThat(groups.groups()).containsExactly("slide7", "slide8");
        assertThat(groups.probabilities(0, 1)[1]).isCloseTo((0.9 + 0.1) / 2, within(1e-9));
        assertThat(groups.named(1)).isEqualTo(1);
    }

    @Test
    void groupsThatAllHoldSeveralClassesHaveNoVerdict() {
        Scores mixed = new Scores(2, List.of(0, 1), List.of("g", "g"), List.of(NAMES_0, NAMES_1));

        assertThatThrownBy(() -> new SeedPredictions(mixed, List.of("p", "q")).wholeGroups())
                .hasMessage("groups: all of several classes (expected: some of one)");
    }

    @Test
    void measuresAreNamedByPlanAndLabels() {
        List<String> labels = List.of("abnormal", "normal");

        assertThat(Measure.of("f1 normal", labels))
                .isEqualTo(new Measure("F1 of `normal`", "f1 1", Measure.Unit.PICTURE));
        assertThat(Measure.of("picture auroc", labels))
                .isEqualTo(
                        new Measure(
                                "AUROC of whole pictures", "auroc", Measure.Unit.WHOLE_PICTURE));
        assertThat(Measure.of("group accuracy", labels))
                .isEqualTo(new Measure("accuracy of groups", "accuracy", Measure.Unit.GROUP));
        assertThatThrownBy(() -> Measure.of("group picture auroc", labels))
                .hasMessageStartingWith("measures: picture auroc (expected one of: ");
        assertThatThrownBy(() -> Measure.of("f1 other", labels))
                .hasMessageStartingWith("measures: f1 other (expected one of: [accuracy,");
    }

    private static BootstrapEstimate drawn(ClusterBootstrap draws, Scores scores) {
        return Objects.requireNonNull(draws.of(scores, List.of("accuracy")).get("accuracy"));
    }

    private interface Right {
        boolean of(int group);
    }

    private static Scores scores(int groupCount, Right right) {
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        for (int group = 0; group < groupCount; group++) {
            truth.add(group / 2 % 2);
            groups.add("g" + group);
            logits.add((group / 2 % 2 == 0) == right.of(group) ? NAMES_0 : NAMES_1);
        }
        return new Scores(2, truth, groups, logits);
    }
}
