package dev.medzoo.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Gaussian;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainFitTest {
    /** Points around (5, 0, 0, 0), deviation 3 along the first axis and 0.1 along the others. */
    private static List<float[]> flat(int count, long seed) {
        Random random = new Random(seed);
        return Stream.generate(
                        () -> {
                            float[] point = new float[4];
                            for (int i = 0; i < 4; i++) {
                                double deviation = i == 0 ? 3 : 0.1;
                                point[i] =
                                        (float) (deviation * random.nextGaussian())
                                                + (i == 0 ? 5 : 0);
                            }
                            return point;
                        })
                .limit(count)
                .toList();
    }

    @Test
    void findsTheDirectionsThatThePointsSpreadAlong() {
        Domain domain = DomainFit.fit(flat(19, 1), flat(50, 2));

        assertThat(domain.directions()).hasSize(1);
        Gaussian.Direction first = domain.directions().get(0);
        assertThat(Math.abs(first.vector().get(0))).isCloseTo(1, offset(0.01));
        assertThat(Math.sqrt(first.variance())).isBetween(2.0, 4.0);
        assertThat(Math.sqrt(domain.residualVariance())).isBetween(0.07, 0.13);
        assertThat(domain.mean().get(0)).isCloseTo(5, offset(2.0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void tellsWhatLiesAsideFromWhatLiesFarAlongASpread(long seed) {
        Domain domain = DomainFit.fit(flat(400, seed), flat(100, seed + 100));

        assertThat(domain.judge(new float[] {9, 0, 0, 0}, null).beyond()).isFalse();
        assertThat(domain.judge(new float[] {5, 1, 0, 0}, null).beyond()).isTrue();
        long flagged =
                flat(1000, seed + 200).stream().filter(p -> domain.judge(p, null).beyond()).count();
        assertThat(flagged).isLessThan(50);
    }

    @Test
    void calls99OfAHundredHeldOutPicturesItsOwnKind() {
        List<float[]> val = flat(199, 7);
        Domain domain = DomainFit.fit(flat(400, 6), val);

        // the ⌈200 * 0.99⌉-th of 199 is the last but one
        assertThat(val.stream().filter(point -> domain.judge(point, null).beyond()).count())
                .isEqualTo(1);
    }

    @Test
    void aTrainingPictureScoresAboutOne() {
        List<float[]> train = flat(400, 8);
        Domain domain = DomainFit.fit(train, train);

        double squares = 0;
        for (float[] point : train) {
            squares += domain.distance(point) * domain.distance(point) / train.size();
        }
        assertThat(squares).isCloseTo(1, offset(1e-4));
    }

    @Test
    void writesSixDigits() {
        Domain domain = DomainFit.fit(flat(100, 1), flat(100, 2));

        List<Double> numbers = new ArrayList<>(domain.mean());
        domain.directions().forEach(each -> numbers.addAll(each.vector()));
        numbers.forEach(
                number ->
                        assertThat(Double.toString(Math.abs(number)))
                                .matches("0*\\.?0*[\\d.]{1,8}(E-\\d+)?"));
        assertThat(numbers).isNotEmpty();
    }

    @Test
    void featuresThatNeverChangeMakeEveryOtherPictureForeign() {
        List<float[]> same = List.of(new float[] {1, 2}, new float[] {1, 2}, new float[] {1, 2});
        Domain domain = DomainFit.fit(same, same);

        assertThat(domain.judge(new float[] {1, 2}, null).beyond()).isFalse();
        assertThat(domain.judge(new float[] {1, 2.1f}, null).beyond()).isTrue();
    }
}
