package dev.medzoo.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {
    private static final Path COMMITTED = Path.of("recipes");

    @ParameterizedTest
    @MethodSource("committed")
    void everyCommittedRecipeIsWholeAndNamedAsItsFile(Path file) throws Exception {
        Recipe recipe = Recipe.read(file);

        assertThat(file.getFileName()).hasToString(recipe.name() + ".yaml");
        assertThat(recipe.card().limits()).isNotEmpty();
        assertThat(recipe.card().outOfScope()).isNotEmpty();
        assertThat(recipe.card().commercialUse()).isFalse();
    }

    static Stream<Path> committed() throws IOException {
        try (Stream<Path> files = Files.list(COMMITTED)) {
            return files
                    .filter(
                            file ->
                                    !file.toString().contains("study")
                                            && !file.toString().contains("options")
                                            && !file.toString().contains("-pool"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    balance: 0.8     | balance: 1.8      | balance: 1.8 (expected: 0.0..1.0)
                    judgeEvery: 450  | judgeEvery: 0     | judgeEvery: 0 (expected: 1..9000)
                    judgeEvery: 450  | judgeEvery: 400   | steps: 9000 (expected: a multiple of judgeEvery, 400)
                    inputSide: 128   | inputSide: big    | inputSide: big (expected: a whole number)
                    version: 2.2.0   | version: one      | version: one (expected: MAJOR.MINOR.PATCH
                    version: 2.2.0   | version: 1.0      | version: 1.0 (expected: MAJOR.MINOR.PATCH, such as 1.0.0)
                    version: 2.2.0   | version: 1.10     | version: 1.10 (expected: MAJOR.MINOR.PATCH, such as 1.0.0)
                    version: 2.2.0   | version: 2        | version: 2 (expected: MAJOR.MINOR.PATCH, such as 1.0.0)
                    version: 2.2.0   | version: 2026-01-01 | version: 2026-01-01 (expected: MAJOR.MINOR.PATCH, such as 1.0.0)
                    version: 2.2.0   | version: [2, 0, 0] | version: a list (expected: MAJOR.MINOR.PATCH, such as 1.0.0)
                    version: 2.2.0   | version:          | version: missing (expected: to be there)
                    name: pretrained-skin | name: 1      | name: 1 (expected: text, such as "1" in quotes)
                    name: pretrained-skin | name: true   | name: true (expected: text, such as "true" in quotes)
                    name: pretrained-skin | name: 007.50 | name: 007.50 (expected: text, such as "007.50" in quotes)
                    name: pretrained-skin | name: [skin] | name: a list (expected: text)
                    name: pretrained-skin | name: ~      | name: missing (expected: to be there)
                    seed: 1          | seed: 1.5         | seed: 1.5 (expected: a whole number)
                    seed: 1          | seed: yes         | seed: yes (expected: a whole number)
                    seed: 1          | seed: 2026-01-01  | seed: 2026-01-01 (expected: a whole number)
                    seed: 1          | seed: "1"         | seed: 1 (expected: a whole number)
                    batchSize: 32    | batchSize: 32.0   | batchSize: 32.0 (expected: a whole number)
                    balance: 0.8     | balance: true     | balance: true (expected: a number)
                    balance: 0.8     | balance: 0,8      | balance: 0,8 (expected: a number)
                    name: pretrained-skin | name: no     | name: no (expected: text, such as "no" in quotes)
                    commercialUse: false | commercialUse: never | card.commercialUse: never (expected: true or false)
                    commercialUse: false | commercialUse: 0 | card.commercialUse: 0 (expected: true or false)
                    flips: true      | flips: 1.0        | augmentation.flips: 1.0 (expected: true or false)
                    precision: auto    | precision: float16 | precision: float16 (expected: one of [float32, bfloat16, auto])
                    precision: auto    | precision: 0    | precision: 0 (expected: one of [float32, bfloat16, auto])
                    share: 5         | share: half       | dataSets[0].share: half (expected: a number)
                    splits: [test]   | splits: test      | dataSets[3].splits: test (expected: a list)
                    balance: 0.8     | steps: 9000       | steps: twice (expected: once)
                    warmUp: 0.1      | warmUp: 2         | warmUp: 2.0 (expected: 0.0..0.9)
                    batchSize: 32    | batchsize: 32     | batchSize: missing (expected: a value)
                    labelSmoothing:  | labelSmoothing: # | labelSmoothing: missing (expected: a value)
                    - Any decision   | - ~ #             | card: outOfScope: missing (expected: to be there)
                    smallestCrop: 0.5| smallestCrop: 0   | smallestCrop: 0.0 (expected: in (0, 1])
                    """)
    void saysWhichValueIsWrong(String right, String wrong, String message) throws Exception {
        String text = Files.readString(COMMITTED.resolve("pretrained-skin.yaml"));
        assertThat(text).contains(right);

        assertThatThrownBy(() -> Recipe.parse(text.replace(right, wrong), "mine.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("recipe mine.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void yesAndNoAreTruthValuesAsInYamlAndNeverSilentlyText() throws Exception {
        String text = Files.readString(COMMITTED.resolve("pretrained-skin.yaml"));
        String no = text.replace("commercialUse: false", "commercialUse: no");

        assertThat(Recipe.parse(no, "mine.yaml").card().commercialUse()).isFalse();
        assertThat(Recipe.parse(text + "labels: ['no', 'yes', '1']\n", "mine.yaml").labels())
                .containsExactly("no", "yes", "1");
        assertThatThrownBy(() -> Recipe.parse(text + "labels: [wound, no]\n", "mine.yaml"))
                .hasMessageEndingWith("labels[1]: no (expected: text, such as \"no\" in quotes)");
    }

    @Test
    void noTwoCommittedRecipesDescribeTheirModelsInTheSameWords() throws Exception {
        List<String> words = new ArrayList<>();
        for (Path file : committed().toList()) {
            Recipe.CardText card = Recipe.read(file).card();
            words.addAll(List.of(card.summary(), card.intendedUse()));
        }

        assertThat(words).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    @Test
    void saysWhichPartIsMissing() throws Exception {
        String text = Files.readString(COMMITTED.resolve("pretrained-skin.yaml"));
        String without = text.replaceFirst("(?s)\\ndataSets:.*\\ninputSide", "\ninputSide");

        assertThatThrownBy(() -> Recipe.parse(without, "mine.yaml"))
                .hasMessageContaining("dataSet: null, dataSets: null (expected: one of the two)");
        assertThatThrownBy(() -> Recipe.parse("dataSet: skin\n" + text, "mine.yaml"))
                .hasMessageContaining("(expected: one of the two)");
    }

    @Test
    void refusesTextThatIsNoRecipe() {
        assertThatThrownBy(() -> Recipe.parse("- a\n- b\n", "mine.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("recipe mine.yaml");
        assertThatThrownBy(() -> Recipe.parse("", "mine.yaml"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "pretrained-skin, pretrained-skin-scratch",
        "pretrained-breast, pretrained-breast-scratch",
        "dfu-double-transfer, dfu-transfer",
        "dfu-double-transfer, dfu-scratch",
    })
    void aTwinDiffersInNothingButWhereItStarts(String name, String twin) throws Exception {
        String one = Files.readString(COMMITTED.resolve(name + ".yaml"));
        String other = Files.readString(COMMITTED.resolve(twin + ".yaml"));

        assertThat(training(other)).isEqualTo(training(one));
        assertThat(Recipe.parse(one, name).transfer()).isNotNull();
        assertThat(other.contains("--from")).isEqualTo(other.contains("transfer:"));
    }

    /** All that decides a training, but the weights it starts from and how they are treated. */
    private static String training(String recipe) {
        return recipe.replaceAll("(?m)^#.*\n", "")
                .replaceAll("(?m)^name: .*\n", "")
                .replaceAll("(?s)\ncard:.*", "")
                .replaceAll("(?m)^transfer:\n(  .*\n)+", "")
                .replaceAll("\n+", "\n");
    }
}
