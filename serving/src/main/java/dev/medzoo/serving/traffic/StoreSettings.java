package dev.medzoo.serving.traffic;

import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.store.Store;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the model store.
 *
 * @param location of the store, or null for the default
 * @param where source of the location setting, or null when it was not set
 * @param redirects hosts that redirects may lead to
 * @param refresh polling interval of the index
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
     * @throws IllegalArgumentException when it does not exist
     */
    public MedZoo open() {
        String named = location == null ? Store.setting().orElse(null) : location;
        if (named == null) {
            return new MedZoo(Store.fromSettings());
        }
        return new MedZoo(redirects.isEmpty() ? Store.open(named) : Store.open(named, redirects));
    }

    /** Where the location was set, for the log. */
    public String namedBy() {
        return where == null ? "by " + Store.namedBy() : where;
    }
}
