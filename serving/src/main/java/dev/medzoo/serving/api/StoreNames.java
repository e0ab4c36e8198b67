package dev.medzoo.serving.api;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ManifestEntry;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.HistoryEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.sign.IndexSignature;
import dev.medzoo.zoo.sign.ModelSignature;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of a store that its index references: the index's signature, its history, and each
 * version's manifest, files and signature. No other file of the store's folders is served.
 * Thread-safe.
 */
final class StoreNames {
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_MANIFESTS = 1000;
    private static final int MOST_INDEXES = 16;

    private final Supplier<Store> store;
    private final LongSupplier nanos;

    /** Digests of recent indexes, newest last. */
    private final Set<String> indexes = new LinkedHashSet<>();

    private final Set<String> history = new HashSet<>();
    private final Map<String, Map<String, StoredFile>> manifests = new LinkedHashMap<>();
    private @Nullable StoreIndex index;
    private long lookedNanos;

    /**
     * A referenced file.
     *
     * @param maxBytes maximum size
     * @param sha256 expected digest, 64 hexadecimal digits, or null when unknown
     */
    record StoredFile(int maxBytes, @Nullable String sha256) {}

    /**
     * @param nanos a clock that only goes forward
     */
    StoreNames(Supplier<Store> store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    /**
     * Looks a file up in the index, whether it exists or not.
     *
     * @param path checked by {@link StorePath}
     * @return empty when the index does not reference it
     * @throws IOException when the store cannot be read now
     * @throws MalformedModelException when the index or manifest is malformed
     */
    synchronized Optional<StoredFile> find(String path)
            throws IOException, MalformedModelException {
        if (path.equals(StoreIndex.FILE)) {
            return Optional.of(new StoredFile(StoreIndex.LARGEST_BYTES, null));
        }
        Optional<StoredFile> found = index == null ? Optional.empty() : named(path, index);
        return found.isEmpty() && isTimeToLook() ? named(path, look()) : found;
    }

    /** Remembers an index that was just served: its files will be requested next. */
    synchronized void seen(byte[] json) {
        try {
            take(json);
        } catch (MalformedModelException e) {
            // Handed out as it is; it names nothing.
        }
    }

    private boolean isTimeToLook() {
        return index == null || nanos.getAsLong() - lookedNanos >= LOOK_NANOS;
    }

    private StoreIndex look() throws IOException, MalformedModelException {
        lookedNanos = nanos.getAsLong();
        return take(store.get().read(StoreIndex.FILE, StoreIndex.LARGEST_BYTES));
    }

    private StoreIndex take(byte[] json) throws MalformedModelException {
        String digest = Sha256.hex(json);
        StoreIndex known = index;
        if (known != null && digest.equals(newest())) {
            return known;
        }
        StoreIndex read = StoreIndex.parse(json, store.get().toString());
        indexes.remove(digest);
        indexes.add(digest);
        if (indexes.size() > MOST_INDEXES) {
            indexes.remove(indexes.iterator().next());
        }
        index = read;
        return read;
    }

    private String newest() {
        String last = "";
        for (String each : indexes) {
            last = each;
        }
        return last;
    }

    private Optional<StoredFile> named(String path, StoreIndex now)
            throws IOException, MalformedModelException {
        String[] parts = path.split("/", 3);
        String file = parts[1].replaceFirst("\\.json$", "");
        return switch (parts[0]) {
            case "signatures" -> when(indexes.contains(file), IndexSignature.LARGEST_BYTES);
            case "history" -> when(isHistory(file, now), HistoryEntry.LARGEST_BYTES);
            default -> ofVersion(parts, now);
        };
    }

    private static Optional<StoredFile> when(boolean isNamed, int maxBytes) {
        return isNamed ? Optional.of(new StoredFile(maxBytes, null)) : Optional.empty();
    }

    /** Follows the history chain back from the index to the part that is known. */
    private boolean isHistory(String sha256, StoreIndex now)
            throws IOException, MalformedModelException {
        String next = now.history();
        while (next != null && history.add(next)) {
            try {
                byte[] json = store.get().read(HistoryEntry.path(next), HistoryEntry.LARGEST_BYTES);
                next = HistoryEntry.parse(json, store.get().toString()).previous();
            } catch (IOException | MalformedModelException e) {
                history.remove(next);
                throw e;
            }
        }
        return history.contains(sha256);
    }

    private Optional<StoredFile> ofVersion(String[] parts, StoreIndex now)
            throws IOException, MalformedModelException {
        Optional<String> digest =
                now.published(parts[0], Version.parse(parts[1])).map(StoreIndex.Published::digest);
        return digest.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(files(parts[0] + "/" + parts[1], digest.get()).get(parts[2]));
    }

    private Map<String, StoredFile> files(String folder, String digest)
            throws IOException, MalformedModelException {
        Map<String, StoredFile> known = manifests.get(digest);
        if (known != null) {
            return known;
        }
        String path = folder + "/" + ArtifactFiles.MANIFEST;
        byte[] json = store.get().read(path, Manifest.LARGEST_BYTES);
        if (!Sha256.digest(json).equals(digest)) {
            throw new MalformedModelException(
                    "%s: %s (expected: %s)".formatted(path, Sha256.digest(json), digest));
        }
        Map<String, StoredFile> files = new TreeMap<>();
        for (ManifestEntry each : Manifest.parse(json, folder).files()) {
            files.put(each.path(), new StoredFile((int) each.size(), each.sha256()));
        }
        files.put(
                ArtifactFiles.MANIFEST,
                new StoredFile(Manifest.LARGEST_BYTES, Sha256.hexOf(digest)));
        files.put(ModelSignature.FILE, new StoredFile(ModelSignature.LARGEST_BYTES, null));
        if (manifests.size() == MOST_MANIFESTS) {
            manifests.remove(manifests.keySet().iterator().next());
        }
        manifests.put(digest, files);
        return files;
    }
}
