package dev.medzoo.translate.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.medzoo.translate.transform.Transform;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("jdk")
class ReadingTest {
    private static final Transform TRANSFORM = Transform.square(8);

    static Stream<Random> seeds() {
        return IntStream.range(0, 10).mapToObj(Random::new);
    }

    @Test
    void dividesTheLogitsByTheTemperature() {
        Reading reading = new Reading(TRANSFORM, List.of("no", "yes"), 2, 0);
        double[] probabilities = reading.probabilities(new float[] {0, (float) (2 * Math.log(3))});
        assertThat(probabilities).containsExactly(new double[] {0.25, 0.75}, within(1e-7));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesProbabilitiesThatSumToOne(Random random) {
        Reading reading =
                new Reading(TRANSFORM, List.of("a", "b", "c"), 0.05 + random.nextDouble(), 0);
        float[] logits = new float[3];
        for (int i = 0; i < 3; i++) {
            logits[i] = (random.nextFloat() - 0.5f) * 1e30f * random.nextInt(2) + random.nextInt(9);
        }
        double[] probabilities = reading.probabilities(logits);
        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-12));
        if (logits[0] >= logits[1]) {
            assertThat(probabilities[0]).isGreaterThanOrEqualTo(probabilities[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesALogitThatIsNoNumber(float logit) {
        Reading reading = new Reading(TRANSFORM, List.of("no", "yes"), 1, 0);
        assertThatThrownBy(() -> reading.probabilities(new float[] {1, logit}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "logits: [1.0, "
                                + logit
                                + "] (expected: 2 finite numbers, one for each of [no, yes])");
    }

    @Test
    void refusesAnotherCountOfLogits() {
        Reading reading = new Reading(TRANSFORM, List.of("no", "yes"), 1, 0);
        assertThatThrownBy(() -> reading.probabilities(new float[] {1, 2, 3}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("logits: [1.0, 2.0, 3.0] (expected: 2 finite");
    }

    @Test
    void refusesLabelsThatAreNoNames() {
        for (List<String> labels :
                List.of(List.<String>of(), List.of("a", "a"), List.of("a", " "))) {
            assertThatThrownBy(() -> new Reading(TRANSFORM, labels, 1, 0))
                    .hasMessage(
                            "labels: "
                                    + labels
                                    + " (expected: at least one, distinct, none blank)");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesATemperature(double temperature) {
        assertThatThrownBy(() -> new Reading(TRANSFORM, List.of("a"), temperature, 0))
                .hasMessage("temperature: " + temperature + " (expected: above 0, finite)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void refusesAThreshold(double abstainBelow) {
        assertThatThrownBy(() -> new Reading(TRANSFORM, List.of("a"), 1, abstainBelow))
                .hasMessage("abstainBelow: " + abstainBelow + " (expected: at least 0, below 1)");
    }

    @Test
    void survivesJson() throws JsonProcessingException {
        Reading reading = new Reading(TRANSFORM, List.of("benign", "malignant"), 1.37, 0.4);
        String json = Json.MAPPER.writeValueAsString(reading);
        assertThat(Json.MAPPER.readValue(json, Reading.class)).isEqualTo(reading);
    }

    @Test
    void survivesJsonWithSetsAndADomain() throws JsonProcessingException {
        Domain domain =
                new Domain(
                        List.of(0.1, 0.2),
                        List.of(new Gaussian.Direction(2, List.of(0.6, -0.8))),
                        1e-7,
                        1.3,
                        null);
        Reading reading =
                new Reading(
                        TRANSFORM, List.of("a", "b"), 1.37, 0.4, new Conformal(0.9, 0.2), domain);
        String json = Json.MAPPER.writeValueAsString(reading);
        assertThat(Json.MAPPER.readValue(json, Reading.class)).isEqualTo(reading);
    }

    @Test
    void readsWhatTheFirstFormatHad() throws JsonProcessingException {
        Reading reading = new Reading(TRANSFORM, List.of("a", "b"), 1.37, 0.4);
        String json =
                Json.MAPPER
                        .writeValueAsString(reading)
                        .replace(",\"conformal\":null,\"domain\":null", "");
        assertThat(json).endsWith("\"abstainBelow\":0.4}");
        assertThat(Json.MAPPER.readValue(json, Reading.class)).isEqualTo(reading);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"transform\":null,\"labels\":[\"a\"],\"temperature\":1,\"abstainBelow\":0}",
                "{\"labels\":[\"a\"],\"labels\":[\"b\"],\"temperature\":1,\"abstainBelow\":0}",
                "{\"unheardOf\":1}",
                "{\"labels\":[\"a\"],\"temperature\":1}",
            })
    void refusesJsonThatIsMissingSomethingOrSaysItTwice(String json) {
        assertThatThrownBy(() -> Json.MAPPER.readValue(json, Reading.class))
                .isInstanceOf(JsonProcessingException.class);
    }
}
