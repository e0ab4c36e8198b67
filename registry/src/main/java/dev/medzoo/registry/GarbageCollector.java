package dev.medzoo.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.HistoryEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedStore;
import java.io.IOException;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds and removes unreferenced files: leftovers of a crash, folders of unpublished versions,
 * entries outside the history; on demand also the files of revoked versions. It leaves unknown
 * files alone.
 */
public final class GarbageCollector {
    private static final Pattern VERSION =
            Pattern.compile("([a-z0-9]+(?:-[a-z0-9]+)*)/([0-9]+\\.[0-9]+\\.[0-9]+)/");
    private static final Pattern HISTORY = Pattern.compile("history/([0-9a-f]{64})\\.json");
    private static final Pattern UNFINISHED =
            Pattern.compile(
                    "(?:[^/]+/)*(?:%s|%s)[^/]+/?"
                            .formatted(
                                    Pattern.quote(WritableFolderStore.FRESH),
                                    Pattern.quote(S3Claims.CLAIM)));

    private final WritableStore place;
    private final boolean revokedToo;

    /** Creates the collector of one store. */
    public GarbageCollector(WritableStore place, boolean revokedToo) {
        this.place = place;
        this.revokedToo = revokedToo;
    }

    /** Lists what can be removed. */
    public SortedSet<String> find() throws IOException, ModelException {
        return collect(false);
    }

    /**
     * Removes it.
     *
     * @return what was removed
     */
    public SortedSet<String> remove() throws IOException, ModelException {
        return collect(true);
    }

    private SortedSet<String> collect(boolean removing) throws IOException, ModelException {
        VerifiedStore.Reading reading = VerifiedStore.of(place.store()).reading();
        try (WritableStore.Session session = place.open()) {
            SortedSet<String> garbage = garbage(session, reading);
            if (removing) {
                for (String path : garbage) {
                    session.remove(path);
                }
            }
            return garbage;
        }
    }

    private SortedSet<String> garbage(WritableStore.Session session, VerifiedStore.Reading reading)
            throws IOException, ModelException {
        byte[] json = session.index();
        StoreIndex index = json == null ? StoreIndex.empty() : reading.accept(json);
        Set<String> history = historyOf(index);
        SortedSet<String> garbage = new TreeSet<>();
        for (String path : session.paths()) {
            if (isUnneeded(path, index, history) && !isBelow(garbage, path)) {
                garbage.add(path);
            }
        }
        return garbage;
    }

    private boolean isUnneeded(String path, StoreIndex index, Set<String> history) {
        if (UNFINISHED.matcher(path).matches()) {
            return true;
        }
        if (HISTORY.matcher(path).matches()) {
            return !history.contains(path);
        }
        Matcher version = VERSION.matcher(path);
        return version.matches() && !needed(index, version.group(1), version.group(2));
    }

    private boolean needed(StoreIndex index, String name, String version) {
        return index.published(name, Version.parse(version))
                .map(published -> published.revoked() == null || !revokedToo)
                .orElse(false);
    }

    private Set<String> historyOf(StoreIndex index) throws IOException, ModelException {
        return History.read(place.store(), index).digests().stream()
                .map(HistoryEntry::path)
                .collect(Collectors.toSet());
    }

    private static boolean isBelow(SortedSet<String> folders, String path) {
        return folders.stream().anyMatch(folder -> folder.endsWith("/") && path.startsWith(folder));
    }
}
