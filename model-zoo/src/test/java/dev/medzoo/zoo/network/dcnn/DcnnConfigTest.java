package dev.medzoo.zoo.network.dcnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.transform.InputSize;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DcnnConfigTest {
    private static final InputSize SIZE = InputSize.square(96);
    private static final List<Integer> WIDTHS = List.of(2, 2, 2);

    @Test
    void roundTripsThroughJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        DcnnConfig config = DcnnConfig.published(InputSize.square(128), 7);

        String text = json.writeValueAsString(config);

        assertThat(json.readValue(text, DcnnConfig.class)).isEqualTo(config);
        assertThat(text).doesNotContain("mainPathConvolutions");
    }

    @Test
    void thePublishedShapeHas34ConvolutionsOnTheMainPath() {
        assertThat(DcnnConfig.published(SIZE, 7).mainPathConvolutions()).isEqualTo(34);
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void saysWhichValueIsWrong(Runnable build, String message) {
        assertThatThrownBy(build::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of(
                        config(SIZE, 0, WIDTHS, List.of(), 8, 0, 2),
                        "stemWidth: 0 (expected: at least 1)"),
                Arguments.of(
                        config(SIZE, 4, List.of(), List.of(), 8, 0, 2),
                        "branchWidths: blocks: 0 (expected: at least 1)"),
                Arguments.of(
                        config(SIZE, 4, List.of(2, -1), List.of(), 8, 0, 2),
                        "branchWidths: -1 (expected: at least 1)"),
                Arguments.of(
                        config(SIZE, 4, WIDTHS, List.of(3), 8, 0, 2),
                        "halveAfter: 3 (expected: 1..2)"),
                Arguments.of(
                        config(SIZE, 4, WIDTHS, List.of(), 0, 0, 2),
                        "fcUnits: 0 (expected: at least 1)"),
                Arguments.of(
                        config(SIZE, 4, WIDTHS, List.of(), 8, 1, 2),
                        "dropout: 1.0 (expected: in [0, 1))"),
                Arguments.of(
                        config(SIZE, 4, WIDTHS, List.of(), 8, Double.NaN, 2),
                        "dropout: NaN (expected: in [0, 1))"),
                Arguments.of(
                        config(SIZE, 4, WIDTHS, List.of(), 8, 0, 1),
                        "classes: 1 (expected: at least 2)"),
                Arguments.of(
                        config(new InputSize(96, 7), 4, WIDTHS, List.of(1), 8, 0, 2),
                        "input: 96x7 (expected: at least 8x8, which 3 halvings leave a pixel of)"));
    }

    private static Runnable config(
            InputSize input,
            int stem,
            List<Integer> widths,
            List<Integer> halveAfter,
            int fcUnits,
            double dropout,
            int classes) {
        return () -> new DcnnConfig(input, stem, widths, halveAfter, fcUnits, dropout, classes);
    }
}
