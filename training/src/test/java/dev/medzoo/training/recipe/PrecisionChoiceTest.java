package dev.medzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.medzoo.training.recipe.Recipe.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recipe that leaves the precision to the machine is trained in. */
class PrecisionChoiceTest {
    private static final PrecisionChoice NARROW =
            new PrecisionChoice(Precision.BFLOAT16, "this processor has amx_bf16");
    private static final PrecisionChoice WIDE =
            new PrecisionChoice(Precision.FLOAT32, "this processor is not known to have amx_bf16");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "avx512f avx512_bf16 amx_bf16 amx_tile, -, BFLOAT16",
                "avx512f amx_bf16, DEFAULT, BFLOAT16",
                "avx512f amx_bf16, AVX512_CORE_AMX, BFLOAT16",
                "avx512f amx_bf16, AVX512_CORE, FLOAT32",
                "avx512f avx512_bf16, -, FLOAT32",
                "avx512f avx512_bf16, DEFAULT, FLOAT32",
                "avx2, -, FLOAT32",
                "'', -, FLOAT32"
            })
    void goesByWhatTheProcessorHasAndMayUse(
            String flags, @Nullable String newest, Precision expected) {
        assertThat(PrecisionChoice.ofProcessor(Set.of(flags.split(" ", -1)), newest).precision())
                .isEqualTo(expected);
    }

    @Test
    void aGpuComputesInFloat32() {
        assertThat(PrecisionChoice.on(Device.gpu()).precision()).isEqualTo(Precision.FLOAT32);
    }

    @Test
    void standsInTheTextInPlaceOfAuto() {
        assertThat(NARROW.settle("a: 1\nprecision: auto  # fast\nb: auto\n"))
                .isEqualTo("a: 1\nprecision: bfloat16  # fast\nb: auto\n");
        assertThat(WIDE.settle("  settings:\r\n    precision: Auto\r\n"))
                .isEqualTo("  settings:\r\n    precision: float32\r\n");
        assertThat(NARROW.settle("{\n  \"precision\": \"auto\",\n  \"seed\": 1\n}"))
                .isEqualTo("{\n  \"precision\": \"bfloat16\",\n  \"seed\": 1\n}");
        assertThat(NARROW.settle("precision: float32\nsummary: precision: auto is fast\n"))
                .isEqualTo("precision: float32\nsummary: precision: auto is fast\n");
    }

    @Test
    void saysWhatIsUsedAndWhy() {
        assertThat(NARROW.message("precision: auto\n", Precision.BFLOAT16))
                .isEqualTo("precision: bfloat16, as this processor has amx_bf16");
        assertThat(WIDE.message("precision: auto\n", Precision.FLOAT32))
                .isEqualTo("precision: float32, as this processor is not known to have amx_bf16");
        assertThat(WIDE.message("precision: bfloat16\n", Precision.BFLOAT16))
                .isEqualTo(
                        "precision: bfloat16, as the recipe says, though this processor is not known to have amx_bf16; float32, or auto, may be many times faster");
        assertThat(NARROW.message("a: 1\n", null))
                .isEqualTo("precision: float32, as the recipe says");
    }

    @Test
    void refusesAutoWhereItCannotBeReplaced() {
        assertThatThrownBy(() -> NARROW.message("{precision: auto, seed: 1}", Precision.AUTO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("precision: auto (expected: on a line of its own)");
        assertThatThrownBy(Precision.AUTO::isBFloat16).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyCommittedRecipeAndPlanLeavesItToTheMachine() throws Exception {
        List<Path> recipes;
        try (Stream<Path> files = Files.list(Path.of("recipes"))) {
            recipes = files.toList();
        }
        assertThat(recipes).hasSizeGreaterThan(10);
        for (Path recipe : recipes) {
            String text = Files.readString(recipe);
            assertThat(text.lines().filter(line -> line.strip().startsWith("precision:")))
                    .as(recipe.toString())
                    .isNotEmpty()
                    .allMatch(line -> line.strip().equals("precision: auto"));
            assertThat(WIDE.settle(text)).doesNotContain("precision: auto");
        }
    }
}
