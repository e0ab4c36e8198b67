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
 * The author's description of a network trained elsewhere.
 *
 * @param name of the artifact
 * @param version of the artifact
 * @param origin origin of the network, and what it was trained on
 * @param dataSets the data sets for calibration and evaluation, if there are several or if one is
 *     not used unchanged; else null, and evaluate names the folder
 * @param foreign out-of-distribution pictures to which detection is fitted, as in a {@link Recipe};
 *     absent for drawings alone
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
            throw new IllegalArgumentException("origin: blank (expected: text)");
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

    /** Out-of-distribution pictures; empty if none are named. */
    @Override
    public List<Part> foreign() {
        return foreign == null ? List.of() : foreign;
    }

    /**
     * The data sets.
     *
     * @param folder given to evaluate, used unchanged if the file names no data set
     */
    public List<DataSetUse> sets(Path folder) {
        return dataSets != null
                ? dataSets
                : List.of(
                        DataSetUse.all(
                                String.valueOf(folder.toAbsolutePath().normalize().getFileName())));
    }
}
