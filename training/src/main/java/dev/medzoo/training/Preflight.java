package dev.medzoo.training;

import ai.djl.MalformedModelException;
import dev.medzoo.training.data.DataSetUse;
import dev.medzoo.training.data.PictureSets;
import dev.medzoo.training.recipe.Recipe;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.data.FaultyDataException;
import dev.medzoo.zoo.data.PictureManifest;
import dev.medzoo.zoo.load.CardText;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What would go wrong in a training, or at the registry's gate after it, as far as recipe, data and
 * store tell before the first step.
 */
final class Preflight {
    private final Recipe recipe;
    private final Path data;
    private final @Nullable String from;
    private final Store store;
    private final Consumer<String> note;

    /**
     * @param data folder with {@code manifest.csv}, or that of the data sets' folders
     * @param from what to start from, or null
     * @param store with whose cards the recipe's is compared
     * @param note takes a sentence about what could not be looked at
     */
    Preflight(Recipe recipe, Path data, @Nullable String from, Store store, Consumer<String> note) {
        this.recipe = recipe;
        this.data = data;
        this.from = from;
        this.store = store;
        this.note = note;
    }

    /**
     * A sentence a fault.
     *
     * @throws NoSuchFileException when the data's folder is not there
     * @throws IllegalArgumentException when it is not the one of the recipe's data set
     */
    List<String> faults() throws IOException {
        List<String> faults = new ArrayList<>();
        faults.addAll(faultyNames());
        faults.addAll(faultyStart());
        faults.addAll(faultyCard());
        List<Path> folders = folders(recipe.sets(), data);
        faults.addAll(PictureSets.faults(folders, recipe.sets(), recipe.labels()));
        faults.addAll(faultyForeign(folders));
        return faults;
    }

    /**
     * Where data sets lie, in their order.
     *
     * @param data folder with {@code manifest.csv}, where there is one data set, or the folder in
     *     which the data sets' folders lie
     */
    static List<Path> folders(List<DataSetUse> sets, Path data) throws NoSuchFileException {
        if (Files.notExists(data)) {
            throw new NoSuchFileException(data.resolve(PictureManifest.FILE).toString());
        }
        if (!isDataSet(data)) {
            return sets.stream().map(use -> data.resolve(use.name())).toList();
        }
        if (sets.size() != 1 || !sets.get(0).isIn(data)) {
            List<String> names = sets.stream().map(DataSetUse::name).toList();
            throw new IllegalArgumentException(
                    "data: %s (expected: the folder of %s, as the recipe says)"
                            .formatted(
                                    data.toAbsolutePath().normalize().getFileName(),
                                    String.join(", ", names)));
        }
        return List.of(data);
    }

    /** Whether a folder is that of a data set, and not the one in which those of several lie. */
    static boolean isDataSet(Path folder) {
        return Files.exists(folder.resolve(PictureManifest.FILE));
    }

    /** Names that no artifact may have. */
    private List<String> faultyNames() {
        List<String> faults = new ArrayList<>();
        addRefusal(faults, () -> ModelReference.checkName(recipe.name()));
        if (recipe.labels() != null) {
            recipe.labels().forEach(label -> addRefusal(faults, () -> Artifact.checkLabel(label)));
        }
        return faults;
    }

    private static void addRefusal(List<String> faults, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            faults.add(e.getMessage());
        }
    }

    private List<String> faultyStart() {
        boolean transfer = recipe.transfer() != null;
        if ((from != null) == transfer) {
            return List.of();
        }
        return List.of(
                "from: %s (expected: %s, as the recipe %s a transfer)"
                        .formatted(
                                from == null ? "nothing" : from,
                                transfer ? "an artifact" : "nothing",
                                transfer ? "is" : "is not"));
    }

    private List<String> faultyCard() {
        Recipe.CardText words = recipe.card();
        List<String> faults = new ArrayList<>();
        List<String> blank = new ArrayList<>(words.blank());
        if (words.subgroups() == null
                && recipe.sets().stream().allMatch(use -> use.subgroups().isEmpty())) {
            blank.add("subgroups");
        }
        if (!blank.isEmpty()) {
            note.accept(
                    "card: %s: blank; the registry's gate will ask for words, which medzoo card adds"
                            .formatted(String.join(", ", blank)));
        }
        try {
            VerifiedStore verified = VerifiedStore.of(store);
            faults.addAll(
                    CardText.borrowed(
                            words.summary(),
                            words.intendedUse(),
                            CardText.ofOthers(recipe.name(), verified.index(), verified)));
        } catch (FileNotFoundException e) {
            // A store that holds nothing yet.
        } catch (IOException | MalformedModelException e) {
            note.accept(
                    "card: not compared with those of %s, which cannot be read: %s"
                            .formatted(store, e.getMessage()));
        }
        return faults;
    }

    private List<String> faultyForeign(List<Path> folders) throws IOException {
        try {
            ForeignExamples.open(
                    folders.get(0),
                    recipe.sets().stream().map(DataSetUse::name).toList(),
                    recipe.foreign());
            return List.of();
        } catch (FaultyDataException e) {
            return e.faults();
        }
    }
}
