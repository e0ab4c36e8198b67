package dev.medzoo.translate.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.medzoo.translate.finding.Gaussian.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {
    /** Wide (variance 4) along the first axis, narrow (variance 0.25) along the two others. */
    private static final Domain DOMAIN =
            new Domain(
                    List.of(1.0, 0.0, 0.0),
                    List.of(new Direction(4, List.of(1.0, 0.0, 0.0))),
                    0.25,
                    1.5,
                    null);

    @Test
    void measuresInDeviationsOfEachDirection() {
        // 2 deviations along the first axis: sqrt(4 / 3); 1 along the second: sqrt(1 / 3)
        assertThat(DOMAIN.distance(new float[] {5, 0, 0}))
                .isCloseTo(Math.sqrt(4.0 / 3), within(1e-9));
        assertThat(DOMAIN.distance(new float[] {1, 0.5f, 0}))
                .isCloseTo(Math.sqrt(1 / 3.0), within(1e-9));
        assertThat(DOMAIN.distance(new float[] {5, 0.5f, 0.5f}))
                .isCloseTo(Math.sqrt(2), within(1e-9));
        assertThat(DOMAIN.distance(new float[] {1, 0, 0})).isZero();
    }

    @Test
    void callsAPictureBeyondItsThresholdAnotherKind() {
        OutOfDistribution near = DOMAIN.judge(new float[] {5, 0.5f, 0.5f}, null);
        assertThat(near.beyond()).isFalse();
        assertThat(near.threshold()).isEqualTo(1.5);
        OutOfDistribution far = DOMAIN.judge(new float[] {1, 2, 0}, null);
        assertThat(far.score()).isEqualTo(DOMAIN.distance(new float[] {1, 2, 0}));
        assertThat(far.beyond()).isTrue();
    }

    @Test
    void refusesFeaturesOfAnotherNetwork() {
        assertThatThrownBy(() -> DOMAIN.distance(new float[] {1, 2}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("features: [1.0, 2.0] (expected: 3 finite numbers)");
        assertThatThrownBy(() -> DOMAIN.distance(new float[] {1, Float.NaN, 3}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("features: [1.0, NaN, 3.0] (expected: 3 finite numbers)");
    }

    @Test
    void refusesAMeanThatIsNoPoint() {
        for (List<Double> mean : List.of(List.<Double>of(), List.of(1.0, Double.NaN))) {
            assertThatThrownBy(() -> new Domain(mean, List.of(), 1, 1, null))
                    .hasMessage("mean: " + mean + " (expected: finite numbers, at least one)");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAVariance(double variance) {
        String end = variance + " (expected: above 0, finite)";
        assertThatThrownBy(() -> new Gaussian(List.of(0.0), List.of(), variance))
                .hasMessage("residualVariance: " + end);
        assertThatThrownBy(() -> new Direction(variance, List.of(1.0)))
                .hasMessage("direction variance: " + end);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesADistance(double distance) {
        String end = distance + " (expected: at least 0, finite)";
        assertThatThrownBy(() -> new Domain(List.of(0.0), List.of(), 1, distance, null))
                .hasMessage("out-of-distribution threshold: " + end);
        assertThatThrownBy(() -> new OutOfDistribution(distance, 1))
                .hasMessage("out-of-distribution score: " + end);
    }

    @Test
    void refusesADirectionThatIsNotOfLengthOneOrOfAnotherSpace() {
        assertThatThrownBy(() -> new Direction(1, List.of(3.0, 4.0)))
                .hasMessage("direction length: 5.0 (expected: 1)");
        Direction other = new Direction(1, List.of(0.6, 0.8));
        assertThatThrownBy(() -> new Gaussian(List.of(0.0), List.of(other), 1))
                .hasMessage("direction: 2 numbers (expected: as many as the mean, 1)");
    }

    @Test
    void survivesJson() throws JsonProcessingException {
        String json = Json.MAPPER.writeValueAsString(DOMAIN);
        assertThat(Json.MAPPER.readValue(json, Domain.class)).isEqualTo(DOMAIN);
    }
}
