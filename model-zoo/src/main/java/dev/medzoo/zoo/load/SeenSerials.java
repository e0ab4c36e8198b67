package dev.medzoo.zoo.load;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.PrivateFiles;
import dev.medzoo.zoo.store.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest serial that was seen of each store, on this machine and for good: who has seen index
 * 9 of a store never takes index 8 of it again, nor another index 9.
 */
final class SeenSerials {
    private static final Logger logger = LoggerFactory.getLogger(SeenSerials.class);
    private static final Map<Path, SeenSerials> MEMORIES = new ConcurrentHashMap<>();

    /**
     * What was seen of one store.
     *
     * @param store where it is
     * @param serial the highest
     * @param digest of that index, {@code sha256:<hex>}
     */
    record Seen(String store, long serial, String digest) {
        Seen {
            Sha256.checkDigest(digest);
        }

        /**
         * Refuses another index that is read later.
         *
         * @throws MalformedModelException when its serial is lower, or the same for other bytes
         */
        void refuseOlder(Seen later) throws MalformedModelException {
            if (later.serial < serial) {
                throw new MalformedModelException(
                        "%s: serial %d (expected: at least %d, seen before; if the store was set back on purpose: medzoo forget) in %s"
                                .formatted(StoreIndex.FILE, later.serial, serial, store));
            }
            if (later.serial == serial && !later.digest.equals(digest)) {
                throw new MalformedModelException(
                        "%s: serial %d is %s (expected: %s, seen before under that serial; if the store was rewritten on purpose: medzoo forget) in %s"
                                .formatted(StoreIndex.FILE, serial, later.digest, digest, store));
            }
        }
    }

    private final Path folder;

    /** Seen in this process, should the folder not be writable. */
    private final ConcurrentHashMap<String, Seen> known = new ConcurrentHashMap<>();

    SeenSerials(Path folder) {
        this.folder = folder;
    }

    /** The one below the cache folder that the settings name. */
    static SeenSerials ofThisMachine() {
        return MEMORIES.computeIfAbsent(CacheFolder.root().resolve("seen"), SeenSerials::new);
    }

    /** The file that remembers one store. */
    Path file(String store) {
        return folder.resolve(Sha256.hex(store.getBytes(StandardCharsets.UTF_8)) + ".json");
    }

    /**
     * What was seen of a store until now, or null.
     *
     * @throws IllegalArgumentException when others can write what is remembered
     */
    @Nullable Seen recall(String store) {
        Seen here = known.get(store);
        Seen before = read(store);
        if (here == null || before == null) {
            return here == null ? before : here;
        }
        return here.serial() >= before.serial() ? here : before;
    }

    /** Remembers an index, unless a higher one of its store was seen. */
    @SuppressWarnings("try") // The lock is held, never asked.
    void remember(Seen now) {
        Seen before = known.get(now.store());
        if (before != null && before.serial() >= now.serial()) {
            return;
        }
        try (ProcessLock unused = locked()) {
            Seen written = read(now.store());
            if (written == null || written.serial() < now.serial()) {
                write(now);
            }
        } catch (IOException e) {
            logger.warn(
                    "serial {} of {} is remembered by this process only: {} (expected: a writable cache folder, named by {})",
                    now.serial(),
                    now.store(),
                    e.toString(),
                    CacheFolder.VARIABLE);
        }
        known.merge(now.store(), now, (one, two) -> one.serial() > two.serial() ? one : two);
    }

    private ProcessLock locked() throws IOException {
        return ProcessLock.take(PrivateFiles.makeFolders(folder).resolve(".lock"));
    }

    /** Forgets one store. */
    boolean forget(String store) throws IOException {
        known.remove(store);
        return Files.deleteIfExists(file(store));
    }

    /** A file that cannot be understood has forgotten what it knew, and says so. */
    private @Nullable Seen read(String store) {
        Path file = file(store);
        if (!Files.exists(file)) {
            return null;
        }
        refuseShared(file);
        try {
            return Json.read(Files.readAllBytes(file), Seen.class, file.toString(), "memory");
        } catch (IOException | MalformedModelException e) {
            logger.warn("lost the highest serial seen of {}: {}", store, e.getMessage());
            return null;
        }
    }

    /** Whoever could write there could have an old index taken for new, and the new one refused. */
    private static void refuseShared(Path file) {
        String fault;
        try {
            fault = PrivateFiles.fault(file);
        } catch (IOException e) {
            fault = "%s: %s (expected: readable)".formatted(file, e);
        }
        if (fault != null) {
            throw new IllegalArgumentException(
                    "memory: %s, or another cache folder in %s"
                            .formatted(fault, CacheFolder.VARIABLE));
        }
    }

    private void write(Seen now) throws IOException {
        Path fresh = Files.createTempFile(folder, "seen", ".tmp");
        Files.write(fresh, Json.write(now));
        Files.move(fresh, file(now.store()), StandardCopyOption.ATOMIC_MOVE);
    }
}
