package dev.medzoo.cli.registry;

import dev.medzoo.registry.FolderPlace;
import dev.medzoo.registry.Place;
import dev.medzoo.registry.S3Place;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.S3Location;
import dev.medzoo.zoo.store.Store;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The store that a command is about, as {@code --store} and the settings name it. */
public interface StoreChoice {
    /** The {@code --store} option, or null when it was not given. */
    @Nullable String location();

    /** The models, to read. */
    default MedZoo zoo() {
        String location = location();
        return location == null ? new MedZoo() : new MedZoo(Store.open(location));
    }

    /** The store, to change. */
    default Place place() {
        String chosen = location();
        if (chosen == null) {
            chosen = Store.setting().or(Store::ofLauncher).orElse(null);
        }
        return chosen == null || chosen.isBlank()
                ? new FolderPlace(Store.DEFAULT_FOLDER)
                : place(chosen);
    }

    /**
     * A store to change.
     *
     * @throws IllegalArgumentException when it is of a kind that can only be read
     */
    static Place place(String location) {
        if (location.toLowerCase(Locale.ROOT).startsWith("s3://")) {
            return new S3Place(S3Location.parse(location));
        }
        if (Store.open(location) instanceof FolderStore folder) {
            return new FolderPlace(folder.root());
        }
        throw new IllegalArgumentException(
                "store: "
                        + location
                        + " (expected: a folder or s3://bucket/prefix, to write into)");
    }
}
