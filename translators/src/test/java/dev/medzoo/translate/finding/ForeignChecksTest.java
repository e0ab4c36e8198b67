package dev.medzoo.translate.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignChecksTest {
    private static final int COUNT = PictureStatistics.COUNT;
    private static final Gaussian STATISTICS = new Gaussian(zeros(COUNT), List.of(), 1);

    /** Foreign are a first feature above 3, and a contrast under 0.1. */
    private static final ForeignChecks CHECKS =
            new ForeignChecks(
                    0.1, STATISTICS, 2, new Boundary(List.of(1.0, 0.0), zeros(COUNT), -3));

    /** Its distance alone never decides here. */
    private static final Domain DOMAIN =
            new Domain(new Gaussian(List.of(0.0, 0.0), List.of(), 100), 1e6).with(CHECKS);

    private static List<Double> zeros(int count) {
        return Collections.nCopies(count, 0.0);
    }

    private static PictureStatistics picture(double number) {
        float[] numbers = new float[COUNT];
        Arrays.fill(numbers, (float) number);
        return new PictureStatistics(numbers);
    }

    @Test
    void publishTheGreatestPartRelativeToItsLimit() {
        OutOfDistribution own = DOMAIN.judge(new float[] {0, 0}, picture(0));
        assertThat(own.threshold()).isEqualTo(1);
        assertThat(own.beyond()).isFalse();
        // all 28 statistics two and three deviations away, of which two are allowed
        assertThat(DOMAIN.judge(new float[] {0, 0}, picture(2)).score()).isEqualTo(1);
        assertThat(DOMAIN.judge(new float[] {0, 0}, picture(3)).score()).isEqualTo(1.5);
        // at the boundary, and 10 beyond: log2(1 + e^10)
        assertThat(DOMAIN.judge(new float[] {3, 0}, picture(0)).score()).isEqualTo(1);
        assertThat(DOMAIN.judge(new float[] {13, 0}, picture(0)).score())
                .isCloseTo(Math.log1p(Math.exp(10)) / Math.log(2), within(1e-9));
        Domain narrow = new Domain(new Gaussian(List.of(0.0, 0.0), List.of(), 1), 0.5).with(CHECKS);
        assertThat(narrow.judge(new float[] {0, 1}, picture(0)).score())
                .isCloseTo(Math.sqrt(0.5) / 0.5, within(1e-9));
    }

    @Test
    void flagAFlatPictureWhateverTheRestSays() {
        for (double contrast : new double[] {0, 1e-9, 0.05, 0.0999}) {
            float[] numbers = new float[COUNT];
            Arrays.fill(numbers, 3, 6, (float) Math.log(contrast + 1 / 255.0));
            PictureStatistics flat = new PictureStatistics(numbers);
            Domain blind =
                    DOMAIN.with(
                            new ForeignChecks(
                                    0.1,
                                    STATISTICS,
                                    1e6,
                                    new Boundary(zeros(2), zeros(COUNT), -1e6)));
            OutOfDistribution judged = blind.judge(new float[] {0, 0}, flat);
            assertThat(judged.beyond()).isTrue();
            assertThat(judged.score()).isFinite();
        }
    }

    @Test
    void scoreTheFarSideOfABoundaryAsNothing() {
        Boundary boundary = CHECKS.boundary();
        assertThat(boundary.score(new float[] {-1e30f, 0}, new float[COUNT])).isZero();
        assertThat(boundary.score(new float[] {1e30f, 0}, new float[COUNT])).isFinite();
    }

    @Test
    void findForeignPicturesOnBothSidesOfTheOwn() {
        Boundary bent =
                new Boundary(
                        List.of(1.0, 0.0), zeros(COUNT), -6, sides(List.of(1.0), List.of(2.0)));
        // at the limit where 3 (x - 1) = 5, and where -(x - 1) = 5
        assertThat(bent.score(new float[] {1 + 5 / 3f, 0}, new float[COUNT]))
                .isCloseTo(1, within(1e-6));
        assertThat(bent.score(new float[] {-4, 0}, new float[COUNT])).isCloseTo(1, within(1e-6));
        assertThat(bent.score(new float[] {1, 0}, new float[COUNT])).isLessThan(0.01);
        Boundary last = new Boundary(zeros(2), zeros(COUNT), -6, sides(List.of(), List.of()));
        float[] statistics = new float[COUNT];
        statistics[COUNT - 1] = -2;
        assertThat(last.score(new float[2], statistics)).isCloseTo(1, within(1e-6));
    }

    /** The first numbers as given, zeros, and a weight of 3 for the last statistic. */
    private static Boundary.Sides sides(List<Double> mean, List<Double> weights) {
        Double[] all = zeros(2 + COUNT).toArray(Double[]::new);
        for (int i = 0; i < weights.size(); i++) {
            all[i] = weights.get(i);
        }
        all[all.length - 1] = 3.0;
        Double[] centre = zeros(2 + COUNT).toArray(Double[]::new);
        for (int i = 0; i < mean.size(); i++) {
            centre[i] = mean.get(i);
        }
        return new Boundary.Sides(Arrays.asList(centre), Arrays.asList(all));
    }

    @Test
    void refuseSidesOfAnotherLength() {
        assertThatThrownBy(
                        () -> new Boundary(zeros(3), zeros(COUNT), 0, sides(List.of(), List.of())))
                .hasMessage(
                        "boundary sides mean: 30 numbers (expected: 31, as many as features and"
                                + " statistics)");
        assertThatThrownBy(() -> new Boundary.Sides(zeros(1), List.of(Double.POSITIVE_INFINITY)))
                .hasMessage("boundary sides weights: [Infinity] (expected: finite)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
    void refuseAContrast(double contrast) {
        assertThatThrownBy(() -> new ForeignChecks(contrast, STATISTICS, 1, CHECKS.boundary()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leastContrast: " + contrast + " (expected: above 1.0E-6, at most 1)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refuseAThreshold(double threshold) {
        assertThatThrownBy(() -> new ForeignChecks(0.1, STATISTICS, threshold, CHECKS.boundary()))
                .hasMessage("statisticsThreshold: " + threshold + " (expected: above 0, finite)");
    }

    @Test
    void refuseNumbersOfOtherPicturesOrNetworks() {
        Gaussian two = new Gaussian(zeros(2), List.of(), 1);
        assertThatThrownBy(() -> new ForeignChecks(0.1, two, 1, CHECKS.boundary()))
                .hasMessage("statistics mean: 2 numbers (expected: 28)");
        assertThatThrownBy(() -> new Boundary(zeros(2), zeros(3), 0))
                .hasMessage("boundary statistics: 3 numbers (expected: 28)");
        assertThatThrownBy(() -> new Boundary(List.of(Double.NaN), zeros(COUNT), 0))
                .hasMessage("boundary features: [NaN] (expected: finite)");
        Domain three = new Domain(new Gaussian(zeros(3), List.of(), 1), 1);
        assertThatThrownBy(() -> three.with(CHECKS))
                .hasMessage("boundary features: 2 numbers (expected: as many as the mean, 3)");
        Domain none = new Domain(new Gaussian(zeros(2), List.of(), 1), 0);
        assertThatThrownBy(() -> none.with(CHECKS))
                .hasMessage("threshold: 0.0 (expected: above 0, as there are other checks)");
    }

    @Test
    void surviveJsonAndAreLeftOutWhereThereAreNone() throws JsonProcessingException {
        String json = Json.MAPPER.writeValueAsString(DOMAIN);
        assertThat(json).doesNotContain("sides");
        assertThat(Json.MAPPER.readValue(json, Domain.class)).isEqualTo(DOMAIN);
        Boundary bent = new Boundary(zeros(2), zeros(COUNT), 0, sides(List.of(), List.of()));
        Domain other = DOMAIN.with(new ForeignChecks(0.1, STATISTICS, 2, bent));
        assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(other), Domain.class))
                .isEqualTo(other);
        Domain without = new Domain(new Gaussian(zeros(2), List.of(), 1), 1);
        String old = Json.MAPPER.writeValueAsString(without);
        assertThat(old).endsWith("\"threshold\":1.0}");
        assertThat(Json.MAPPER.readValue(old, Domain.class)).isEqualTo(without);
    }
}
