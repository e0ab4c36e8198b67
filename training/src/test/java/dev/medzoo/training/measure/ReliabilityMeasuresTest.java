package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.medzoo.translate.finding.Conformal;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Reliability;
import dev.medzoo.zoo.artifact.Reliability.Foreign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReliabilityMeasuresTest {
    private static final Domain DOMAIN = new Domain(List.of(0.0), List.of(), 1, 2.5, null);

    /** Label 0 of four pictures has .9, .8, .6 and .2; the last is truly a 1, the third too. */
    private static Scores scores(float... features) {
        List<double[]> logits = new ArrayList<>();
        for (double probability : new double[] {0.9, 0.8, 0.6, 0.2}) {
            logits.add(new double[] {Math.log(probability), Math.log(1 - probability)});
        }
        List<float[]> all = new ArrayList<>();
        for (float feature : features) {
            all.add(new float[] {feature});
        }
        return new Scores(2, List.of(0, 0, 1, 1), List.of("a", "b", "c", "d"), logits, all);
    }

    private static Reading reading(
            double abstainBelow, @Nullable Conformal sets, @Nullable Domain domain) {
        return new Reading(
                Transform.square(8), List.of("no", "yes"), 1, abstainBelow, sets, domain);
    }

    @Test
    void agreesWithTheTableWorkedByHand() {
        Reliability of =
                new ReliabilityMeasures(
                                scores(1, 2, 3, 0), reading(0.7, new Conformal(0.75, 0.15), DOMAIN))
                        .against(Map.of(), "test");

        // sets: {0}, {0, 1}, {0, 1}, {1, 0}
        Reliability.Sets sets = Objects.requireNonNull(of.sets());
        assertThat(sets.stated()).isEqualTo(0.75);
        assertThat(sets.size().value()).isCloseTo(1.75, offset(1e-12));
        assertThat(sets.coverage().value()).isEqualTo(1);
        assertThat(of.abstention().answered().value()).isEqualTo(0.75);
        assertThat(Objects.requireNonNull(of.abstention().accuracy()).value()).isEqualTo(1);
        assertThat(Objects.requireNonNull(of.domain()).flagged().value()).isEqualTo(0.25);
        assertThat(of.beforeTemperature()).isEqualTo(of.afterTemperature());
    }

    @Test
    void anAccuracyOfNoAnswersIsNone() {
        Reliability of =
                new ReliabilityMeasures(scores(), reading(0.95, null, DOMAIN))
                        .against(Map.of(), "test");

        assertThat(of.abstention().answered().value()).isZero();
        assertThat(of.abstention().accuracy()).isNull();
        assertThat(of.sets()).isNull();
        assertThat(of.domain()).isNull();
    }

    @Test
    void tellsForeignPicturesByDistanceAndByEnergy() {
        Scores foreign =
                new Scores(
                        2,
                        List.of(0, 0),
                        List.of("a", "b"),
                        List.of(new double[] {-1, -1}, new double[] {9, 0}),
                        List.of(new float[] {4}, new float[] {1.5f}));
        Reliability of =
                new ReliabilityMeasures(scores(1, 2, 3, 0), reading(0, null, DOMAIN))
                        .against(Map.of("eyes", foreign), "val");

        // 4 is above all own ones, 1.5 above two of them; energies: 0.31 above 0, -9 below
        Foreign eyes = Objects.requireNonNull(of.domain()).foreign().get(0);
        assertThat(eyes.dataSet()).isEqualTo("eyes");
        assertThat(eyes.split()).isEqualTo("val");
        assertThat(eyes.pictures()).isEqualTo(2);
        assertThat(eyes.auroc().value()).isEqualTo(6 / 8.0);
        assertThat(eyes.energyAuroc().value()).isEqualTo(4 / 8.0);
        assertThat(eyes.flagged().value()).isEqualTo(0.5);
        assertThat(eyes.auroc().low()).isLessThan(eyes.auroc().high());
    }

    @Test
    void energyIsLowWhereALabelFits() {
        assertThat(Energy.of(new double[] {0, 0}, 1)).isCloseTo(-Math.log(2), offset(1e-12));
        assertThat(Energy.of(new double[] {5, 0}, 1)).isLessThan(-5);
        assertThat(Energy.of(new double[] {4, 4}, 2))
                .isCloseTo(-2 * (2 + Math.log(2)), offset(1e-12));
    }

    @Test
    void refusesFeaturesOfSomePicturesOnly() {
        assertThatThrownBy(() -> scores(1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("features: of 2 pictures (expected: none or 4)");
    }
}
