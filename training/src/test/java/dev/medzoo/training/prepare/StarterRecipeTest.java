package dev.medzoo.training.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.training.StartingPoint;
import dev.medzoo.training.recipe.CardQuestion;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.network.NetworkType;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterRecipeTest {
    @TempDir Path folder = Path.of("");
    private Path data = Path.of("");

    @BeforeEach
    void make() throws Exception {
        data = folder.resolve("My_Moles");
        Path photos = OwnPictures.inFolders(folder, 9);
        new DataInit(InitOptions.of(photos, data), progress -> {}).run();
    }

    @Test
    void fromNothingItIsARecipeForTheSetWithACardThatSaysNothing() throws Exception {
        StarterRecipe starter = StarterRecipe.of(data, null, null);

        Recipe recipe = Recipe.parse(starter.text(), "starter");
        assertThat(recipe.name()).isEqualTo("my-moles");
        assertThat(recipe.dataSet()).isEqualTo("My_Moles");
        assertThat(recipe.inputSide()).isEqualTo(32);
        assertThat(recipe.transfer()).isNull();
        assertThat(recipe.batchSize()).isEqualTo(8);
        assertThat(recipe.card().blank())
                .containsExactly(
                        "summary",
                        "intendedUse",
                        "outOfScope",
                        "dataLicence",
                        "citation",
                        "limits");
        for (CardQuestion question : CardQuestion.values()) {
            assertThat(starter.text()).contains("# " + question.question());
        }
        assertThat(starter.notes()).contains("name: my-moles, version 0.1.0");
    }

    @Test
    void fromAModelItSeesPicturesAsThatModelDid() {
        StartingPoint.Habits habits =
                new StartingPoint.Habits(
                        NetworkType.RESIDUAL,
                        InputSize.square(64),
                        Transform.Fit.COVER,
                        null,
                        null);
        DataFacts facts = new DataFacts("moles", List.of("a", "b"), 5000, 900, 300);

        Recipe recipe =
                Recipe.parse(
                        new StarterText("moles", new StarterChoices(facts, habits), "parent")
                                .yaml(),
                        "starter");

        assertThat(recipe.inputSide()).isEqualTo(64);
        assertThat(recipe.transform().fit()).isEqualTo(Transform.Fit.COVER);
        assertThat(recipe.networkType()).isEqualTo(NetworkType.RESIDUAL);
        assertThat(recipe.transfer()).isNotNull();
        assertThat(recipe.batchSize()).isEqualTo(32);
        assertThat(recipe.steps()).isEqualTo(3000);
        assertThat(recipe.chosenBy()).isEqualTo(Recipe.Choice.MACRO_F1);
    }

    @Test
    void aModelThatIsNamedHasItsNameAndAFileIsNeverOverwritten() throws Exception {
        StarterRecipe starter = StarterRecipe.of(data, null, "other");
        Path file = folder.resolve("other.yaml");

        starter.write(file);

        assertThat(Recipe.read(file).name()).isEqualTo("other");
        assertThatThrownBy(() -> starter.write(file))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(file)).isEqualTo(starter.text());
    }
}
