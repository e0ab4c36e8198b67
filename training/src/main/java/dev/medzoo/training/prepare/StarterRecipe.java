package dev.medzoo.training.prepare;

import dev.medzoo.training.StartingPoint;
import dev.medzoo.training.data.PictureSet;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.artifact.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A first recipe for a data set: every setting with its reason, and a card of questions. No text
 * comes from another model.
 *
 * @param text of the recipe, in YAML
 * @param notes the settings that depend on the data, a sentence each
 */
public record StarterRecipe(String text, List<String> notes) {
    public StarterRecipe {
        notes = List.copyOf(notes);
    }

    /**
     * Makes a recipe.
     *
     * @param data folder of the data set
     * @param from starting point with its name as in {@code --from}; null for random weights
     * @param model name of the artifact; null for the data set's, with {@code -} for characters
     *     that an artifact's name may not have
     */
    public static StarterRecipe of(Path data, @Nullable Start from, @Nullable String model)
            throws IOException {
        PictureSet set = PictureSet.open(data);
        String name = model == null ? artifactName(set.name()) : model;
        ModelReference.checkName(name);
        StarterChoices choices =
                new StarterChoices(DataFacts.of(set), from == null ? null : from.point().habits());
        StarterText text = new StarterText(name, choices, from == null ? null : from.name());
        Recipe.parse(text.yaml(), "made for " + set.name());
        return new StarterRecipe(text.yaml(), text.notes());
    }

    /**
     * The starting point of a run.
     *
     * @param name as in {@code --from}
     * @param point the weights
     */
    public record Start(String name, StartingPoint point) {}

    /** Writes it into a new file. */
    public void write(Path file) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }

    /** Converts a name, such as {@code My_Moles} to {@code my-moles}. */
    public static String artifactName(String dataSet) {
        String name = dataSet.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return name.replaceAll("^-+|-+$", "");
    }
}
