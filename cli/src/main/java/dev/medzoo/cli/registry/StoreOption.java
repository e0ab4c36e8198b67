package dev.medzoo.cli.registry;

import dev.medzoo.registry.WritableFolderStore;
import dev.medzoo.registry.WritableS3Store;
import dev.medzoo.registry.WritableStore;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.S3Location;
import dev.medzoo.zoo.store.Store;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The store of a command, as {@code --store} and the settings name it. */
public interface StoreOption {
    /** The {@code --store} option, or null when it was not given. */
    @Nullable String location();

    /** Makes every store reader use the store that the user named, while the command runs. */
    void leadToStore();

    /** Opens the models for reading. */
    default MedZoo zoo() {
        String location = location();
        return location == null ? new MedZoo() : new MedZoo(Store.open(location));
    }

    /** Opens the store for changes. */
    default WritableStore place() {
        String chosen = location();
        if (chosen == null) {
            chosen = Store.setting().or(Store::ofLauncher).orElse(null);
        }
        return chosen == null || chosen.isBlank()
                ? new WritableFolderStore(Store.DEFAULT_FOLDER)
                : place(chosen);
    }

    /**
     * Opens a store for changes.
     *
     * @throws IllegalArgumentException when it is of a read-only kind
     */
    static WritableStore place(String location) {
        if (location.toLowerCase(Locale.ROOT).startsWith("s3://")) {
            return new WritableS3Store(S3Location.parse(location));
        }
        if (Store.open(location) instanceof FolderStore folder) {
            return new WritableFolderStore(folder.root());
        }
        throw new IllegalArgumentException(
                "store: "
                        + location
                        + " (expected: a folder or s3://bucket/prefix, to write into)");
    }
}
