package dev.medzoo.registry;

import dev.medzoo.zoo.IndexEntry;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.StoreIndex;
import dev.medzoo.zoo.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What publishing does to an index. */
final class IndexChange {
    private IndexChange() {}

    /** The next index: the version is in it, and stable unless a higher one is. */
    static StoreIndex published(StoreIndex index, IndexEntry entry) {
        TreeMap<String, List<StoreIndex.Published>> artifacts = new TreeMap<>(index.artifacts());
        List<StoreIndex.Published> versions =
                new ArrayList<>(artifacts.getOrDefault(entry.name(), List.of()));
        versions.add(new StoreIndex.Published(entry.version(), entry.digest(), null));
        versions.sort(Comparator.comparing(StoreIndex.Published::version));
        artifacts.put(entry.name(), versions);

        TreeMap<String, SortedMap<String, Version>> aliases = new TreeMap<>(index.aliases());
        TreeMap<String, Version> pointers = new TreeMap<>(index.aliasesOf(entry.name()));
        pointers.merge(ModelReference.STABLE, entry.version(), IndexChange::higher);
        aliases.put(entry.name(), pointers);
        return new StoreIndex(StoreIndex.FORMAT, index.serial() + 1, artifacts, aliases);
    }

    private static Version higher(Version one, Version other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
