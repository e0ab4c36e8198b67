package dev.medzoo.serving.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.refusal.RefusedException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonBodyTest {
    @ParameterizedTest
    @MethodSource("large")
    void refusesMoreThanHonestBodiesHold(String json) {
        assertThatThrownBy(() -> JsonBody.orMissing(json.getBytes(UTF_8)))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "body: JSON too large (expected: at most 10000 names and values, 64"
                                + " levels, 1000 characters a name)");
    }

    static Stream<String> large() {
        return Stream.of(
                names(10_000),
                "[" + "0,".repeat(10_000) + "0]",
                "[".repeat(65) + "]".repeat(65),
                "{\"" + "x".repeat(1001) + "\": 1}");
    }

    private static String names(int count) {
        return IntStream.range(0, count)
                .mapToObj("\"%07d\":1"::formatted)
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void takesLongTextsAndSomeNames() throws Exception {
        String text = "A".repeat(30_000_000);

        assertThat(JsonBody.orMissing(("{\"data\": \"" + text + "\"}").getBytes(UTF_8)))
                .hasSize(1)
                .allMatch(data -> data.asText().equals(text));
        assertThat(JsonBody.orMissing(names(4000).getBytes(UTF_8))).hasSize(4000);
        assertThat(JsonBody.orMissing("{".getBytes(UTF_8)).isMissingNode()).isTrue();
    }
}
