package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.training.data.Drawing;
import dev.medzoo.training.data.DrawnPicture;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.ForeignChecks;
import dev.medzoo.translate.finding.PictureStatistics;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The own pictures are the spots that goldens have; the features say nothing at all. */
@Tag("slow")
class ForeignFitTest {
    private static final Transform TRANSFORM = Transform.square(64);
    private static final Scores TRAIN = spots(120, 1000);
    private static final Scores VAL = spots(60, 2000);
    private static final Domain DOMAIN = ForeignFit.fit(TRAIN, VAL, drawings(Drawing.toFit()));

    private static Scores spots(int count, long seed) {
        return scores(
                IntStream.range(0, count).mapToObj(i -> DrawnPicture.of(96, 96, seed + i)).toList(),
                seed);
    }

    private static List<Scores> drawings(List<Drawing> kinds) {
        return kinds.stream().map(kind -> scores(kind.pictures(20), kind.name().length())).toList();
    }

    private static Scores scores(List<RgbPicture> pictures, long seed) {
        Random random = new Random(seed);
        List<String> groups = new ArrayList<>();
        List<float[]> features = new ArrayList<>();
        List<PictureStatistics> statistics = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            groups.add("pair " + i / 2);
            features.add(new float[] {(float) random.nextGaussian(), 3});
            float[] input = TRANSFORM.apply(pictures.get(i));
            statistics.add(
                    PictureStatistics.of(new NetworkInput(TRANSFORM.crop(), input), TRANSFORM));
        }
        return new Scores(
                2,
                Collections.nCopies(pictures.size(), 0),
                groups,
                Collections.nCopies(pictures.size(), new double[2]),
                features,
                statistics);
    }

    private static double flagged(Scores scores) {
        return IntStream.range(0, scores.size())
                        .filter(i -> scores.judged(i, DOMAIN).beyond())
                        .count()
                / (double) scores.size();
    }

    @Test
    void flagsFewOwnPicturesOfThoseItIsFittedToAndOfOthers() {
        assertThat(flagged(VAL)).isLessThanOrEqualTo(ForeignFit.FLAGGED);
        assertThat(flagged(TRAIN)).isLessThanOrEqualTo(0.05);
        assertThat(flagged(spots(200, 5000))).isLessThanOrEqualTo(0.1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPOTS")
    void tellsEveryOtherKindOfDrawing(Drawing kind) {
        assertThat(flagged(scores(kind.pictures(40), 9))).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void alwaysFlagsAFlatPicture() {
        double least = Objects.requireNonNull(DOMAIN.checks()).leastContrast();
        assertThat(least).isBetween(0.01, 0.3);
        List<RgbPicture> planes = new ArrayList<>();
        for (int value = 0; value < 256; value += 15) {
            byte[] rgb = new byte[3 * 96 * 96];
            Arrays.fill(rgb, (byte) value);
            planes.add(new RgbPicture(96, 96, rgb));
        }
        assertThat(flagged(scores(planes, 4))).isEqualTo(1);
    }

    @Test
    void givesTheSameTwice() {
        assertThat(ForeignFit.fit(TRAIN, VAL, drawings(Drawing.toFit()))).isEqualTo(DOMAIN);
    }

    @Test
    void writesSixDigits() {
        ForeignChecks checks = Objects.requireNonNull(DOMAIN.checks());
        List<Double> numbers = new ArrayList<>(checks.boundary().statistics());
        numbers.addAll(checks.boundary().features());
        numbers.add(checks.boundary().offset());
        numbers.add(checks.leastContrast());
        numbers.add(checks.statisticsThreshold());
        numbers.add(DOMAIN.threshold());
        assertThat(numbers)
                .allSatisfy(
                        number ->
                                assertThat(Double.toString(Math.abs(number)))
                                        .matches("0*\\.?0*[\\d.]{1,8}(E-?\\d+)?"));
    }

    @Test
    void fitsToASingleGroupAndFewPictures() {
        Scores few = spots(2, 1);
        Domain domain = ForeignFit.fit(few, few, drawings(List.of(Drawing.NOISE)));
        assertThat(few.judged(0, domain).beyond()).isFalse();
        assertThat(scores(Drawing.PLANE.pictures(1), 1).judged(0, domain).beyond()).isTrue();
    }
}
