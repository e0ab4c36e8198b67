package dev.medzoo.serving.traffic;

import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.store.Store;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the models come from.
 *
 * @param location of the store, or null for the one that every loader takes
 * @param where the location was set, or null where it was not
 * @param redirects hosts that the store may send a reader to
 * @param refresh after which its index is read again
 */
public record StoreSettings(
        @Nullable String location,
        @Nullable String where,
        Set<String> redirects,
        Duration refresh) {
    public StoreSettings {
        redirects = Set.copyOf(redirects);
    }

    /**
     * Opens the store.
     *
     * @throws IllegalArgumentException when there is none
     */
    public MedZoo open() {
        String named = location == null ? Store.setting().orElse(null) : location;
        if (named == null) {
            return new MedZoo(Store.fromSettings());
        }
        return new MedZoo(redirects.isEmpty() ? Store.open(named) : Store.open(named, redirects));
    }

    /** Who named it, for the log. */
    public String namedBy() {
        return where == null ? "by " + Store.namedBy() : where;
    }
}
