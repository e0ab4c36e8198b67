package dev.medzoo.zoo.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.artifact.TestPredictions.Picture;
import dev.medzoo.zoo.format.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    /**
     * Of eight pictures, half of each label, the first names 6 right and the second 7: recalls 3/4
     * and 3/4 against 1 and 3/4.
     */
    @Test
    void isThatOfTheFigures() {
        List<Integer> truth = List.of(0, 0, 0, 0, 1, 1, 1, 1);
        PairedDifference difference =
                PairedDifference.of(
                        2,
                        IntStream.range(0, 8).mapToObj(i -> "g" + i).toList(),
                        truth,
                        List.of(1, 0, 0, 0, 0, 1, 1, 1),
                        List.of(0, 0, 0, 0, 1, 0, 1, 1));

        assertThat(difference.pictures()).isEqualTo(8);
        assertThat(difference.groups()).isEqualTo(8);
        assertThat(difference.gained()).isEqualTo(2);
        assertThat(difference.lost()).isEqualTo(1);
        assertThat(difference.balancedAccuracy().value()).isCloseTo(0.125, within(1e-12));
        // F1 of the second: 8/9 and 6/7; of the first: 3/4 twice
        assertThat(difference.macroF1().value())
                .isCloseTo((8 / 9.0 + 6 / 7.0) / 2 - 0.75, within(1e-12));
        assertThat(difference.isBetter()).isFalse();
        assertThat(difference.isWorse()).isFalse();
    }

    @Test
    void isBetterOneWayAndWorseTheOther() {
        List<Integer> truth = IntStream.range(0, 40).mapToObj(i -> i % 2).toList();
        List<Integer> half = IntStream.range(0, 40).mapToObj(i -> i / 2 % 2).toList();
        List<String> groups = IntStream.range(0, 40).mapToObj(i -> "g" + i / 2).toList();

        PairedDifference better = PairedDifference.of(2, groups, truth, half, truth);
        PairedDifference worse = PairedDifference.of(2, groups, truth, truth, half);

        assertThat(better.isBetter()).isTrue();
        assertThat(better.isWorse()).isFalse();
        assertThat(worse.isBetter()).isFalse();
        assertThat(worse.isWorse()).isTrue();
        assertThat(worse.macroF1().low()).isEqualTo(-better.macroF1().high());
    }

    /** The same ten pictures, all wrong and then all right, are of two groups only. */
    @Test
    void fewGroupsDecideNothing() {
        List<Integer> truth = IntStream.range(0, 10).mapToObj(i -> i % 2).toList();
        List<Integer> wrong = truth.stream().map(label -> 1 - label).toList();
        List<String> groups = IntStream.range(0, 10).mapToObj(i -> "g" + i / 5).toList();

        PairedDifference difference = PairedDifference.of(2, groups, truth, wrong, truth);

        assertThat(difference.balancedAccuracy().low()).isEqualTo(1);
        assertThat(difference.isDecidable()).isFalse();
        assertThat(difference.isBetter()).isFalse();
    }

    @Test
    void refusesOtherPicturesAndOtherLabels() {
        TestPredictions two = predictions("a", "b");

        assertThat(PairedDifference.obstacle(two, two)).isEmpty();
        assertThat(PairedDifference.obstacle(two, predictions("a", "c")))
                .contains("2 and 2 pictures, of which 1 are in both with the same label and group");
        assertThatThrownBy(
                        () ->
                                PairedDifference.between(
                                        two,
                                        new TestPredictions(
                                                List.of("light", "grey"), two.pictures())))
                .hasMessage("not comparable: labels [light, dark] and [light, grey]");
    }

    private static TestPredictions predictions(String... pictures) {
        return new TestPredictions(
                List.of("light", "dark"),
                IntStream.range(0, pictures.length)
                        .mapToObj(
                                i ->
                                        new Picture(
                                                Sha256.hex(
                                                        pictures[i].getBytes(
                                                                StandardCharsets.UTF_8)),
                                                "g" + i,
                                                i,
                                                List.of(0.5, 0.5)))
                        .toList());
    }
}
