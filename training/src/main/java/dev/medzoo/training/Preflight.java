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
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds faults in recipe, data and store before the first step that would make a training, or the
 * registry's gate after it, fail.
 */
final class Preflight {
    private final Recipe recipe;
    private final Path data;
    private final @Nullable String from;
    private final Store store;
    private final Consumer<String> note;

    /**
     * @param data folder with {@code manifest.csv}, or the parent of the data sets' folders
     * @param from starting point, or null
     * @param store whose cards the recipe's is compared with
     * @param note receives a sentence about each check that was not possible
     */
    Preflight(Recipe recipe, Path data, @Nullable String from, Store store, Consumer<String> note) {
        this.recipe = recipe;
        this.data = data;
        this.from = from;
        this.store = store;
        this.note = note;
    }

    /**
     * Returns one sentence per fault.
     *
     * @throws NoSuchFileException when the data's folder is not there
     * @throws IllegalArgumentException when it is not that of the recipe's data set
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
     * Folders of the data sets, in order.
     *
     * @param data folder with {@code manifest.csv}, for a single data set, or the parent of the
     *     data sets' folders
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

    /** Whether a folder is a data set, and not the parent of several. */
    static boolean isDataSet(Path folder) {
        return Files.exists(folder.resolve(PictureManifest.FILE));
    }

    /** Invalid artifact names. */
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

    /**
     * Refuses a folder that could not be written at the end.
     *
     * @throws NotDirectoryException if it would be below a file
     * @throws AccessDeniedException if it would be below a folder that is read-only
     */
    static void refuseUnwritable(Path out) throws FileSystemException {
        Path there = out.toAbsolutePath().normalize().getParent();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there != null && !Files.isDirectory(there)) {
            throw new NotDirectoryException(there.toString());
        }
        if (there != null && !Files.isWritable(there)) {
            throw new AccessDeniedException(there.toString());
        }
    }

    private List<String> faultyStart() {
        boolean transfer = recipe.transfer() != null;
        if ((from != null) == transfer) {
            return List.of();
        }
        return List.of(
                transfer
                        ? "from: nothing (expected: an artifact, as the recipe is a transfer; name it with --from)"
                        : "from: %s (expected: nothing, as the recipe is not a transfer; medzoo init DATA --from %s --out FILE writes one that is)"
                                .formatted(from, from));
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
                    "card: %s: blank; the registry's gate requires an answer, which medzoo card adds"
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
            // The store is empty.
        } catch (IOException | MalformedModelException e) {
            note.accept(
                    "card: not compared with the cards of %s, which cannot be read: %s"
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
