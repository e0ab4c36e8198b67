package dev.medzoo.registry;

import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.index.StoreIndex.Deprecation;
import dev.medzoo.zoo.index.StoreIndex.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A builder of the next index. */
final class IndexDraft {
    private final long serial;
    private final SortedMap<String, List<Published>> artifacts;
    private final SortedMap<String, SortedMap<String, Version>> aliases;

    IndexDraft(StoreIndex before) {
        serial = before.serial() + 1;
        artifacts = new TreeMap<>(before.artifacts());
        aliases = new TreeMap<>(before.aliases());
    }

    /** Its serial. */
    long serial() {
        return serial;
    }

    /** Adds a version. */
    void add(IndexEntry entry) {
        List<Published> versions = new ArrayList<>(artifacts.getOrDefault(entry.name(), List.of()));
        versions.add(new Published(entry.version(), entry.digest()));
        versions.sort(Comparator.comparing(Published::version));
        artifacts.put(entry.name(), versions);
    }

    /** Moves an alias. */
    void point(String name, String alias, Version version) {
        SortedMap<String, Version> pointers =
                new TreeMap<>(aliases.getOrDefault(name, new TreeMap<>()));
        pointers.put(alias, version);
        aliases.put(name, pointers);
    }

    void deprecate(String name, Version version, Deprecation deprecation) {
        replace(
                name,
                version,
                old -> new Published(version, old.digest(), deprecation, old.revoked()));
    }

    void revoke(String name, Version version, String reason) {
        replace(
                name,
                version,
                old -> new Published(version, old.digest(), old.deprecated(), reason));
    }

    private void replace(String name, Version version, UnaryOperator<Published> change) {
        List<Published> versions = new ArrayList<>(artifacts.getOrDefault(name, List.of()));
        versions.replaceAll(
                published ->
                        published.version().equals(version) ? change.apply(published) : published);
        artifacts.put(name, versions);
    }

    /**
     * The index.
     *
     * @param history SHA-256 of the entry that tells of this change
     */
    StoreIndex build(Instant issued, @Nullable Instant expires, String history) {
        return new StoreIndex(
                StoreIndex.FORMAT, serial, issued, expires, history, artifacts, aliases);
    }
}
