package dev.medzoo.training.recipe;

import dev.medzoo.training.data.DataSetUse;
import dev.medzoo.training.data.PicturePool.Part;
import dev.medzoo.zoo.artifact.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a network that was trained elsewhere.
 *
 * @param name of the artifact
 * @param version of the artifact
 * @param origin where the network came from, and what it was trained on
 * @param dataSets the data sets that it is calibrated and scored on, where there are several or one
 *     is not taken as it is; else null, and evaluate names the folder
 * @param foreign pictures of other kinds that the sense for such pictures is fitted to, as in a
 *     {@link Recipe}; absent for drawings alone
 * @param card the words of the model card
 */
public record WrapCard(
        String name,
        Version version,
        String origin,
        @Nullable List<DataSetUse> dataSets,
        @Nullable List<Part> foreign,
        Recipe.CardText card) {
    public WrapCard {
        Recipe.given("name", name);
        Recipe.given("version", version);
        Recipe.given("origin", origin);
        Recipe.given("card", card);
        if (origin.isBlank()) {
            throw new IllegalArgumentException("origin: blank (expected: words)");
        }
        dataSets = dataSets == null ? null : List.copyOf(dataSets);
        foreign = foreign == null ? null : List.copyOf(foreign);
        if (!card.faults().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", card.faults()));
        }
    }

    /**
     * Reads one from YAML or JSON.
     *
     * @throws IllegalArgumentException naming the file, the line and what is wrong there
     */
    public static WrapCard read(Path file) throws IOException {
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Reads one from YAML or JSON.
     *
     * @param source name of the file, for messages
     * @throws IllegalArgumentException naming the file, the line and what is wrong there
     */
    public static WrapCard parse(String text, String source) {
        return Yaml.parse(text, "card " + source, WrapCard.class);
    }

    /** Pictures of other kinds; empty where nobody named any. */
    @Override
    public List<Part> foreign() {
        return foreign == null ? List.of() : foreign;
    }

    /**
     * The data sets.
     *
     * @param folder that evaluate was given, taken as it is where the file names none
     */
    public List<DataSetUse> sets(Path folder) {
        return dataSets != null
                ? dataSets
                : List.of(
                        DataSetUse.all(
                                String.valueOf(folder.toAbsolutePath().normalize().getFileName())));
    }
}
