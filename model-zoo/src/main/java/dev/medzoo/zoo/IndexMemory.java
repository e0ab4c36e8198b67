package dev.medzoo.zoo;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest serial that was seen of each store, on this machine and for good: who has seen index
 * 9 of a store never takes index 8 of it again, nor another index 9.
 */
final class IndexMemory {
    private static final Logger logger = LoggerFactory.getLogger(IndexMemory.class);
    private static final Object THREADS = new Object();

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
    }

    private final Path folder;

    /** Seen in this process, should the folder not be writable. */
    private final ConcurrentHashMap<String, Seen> known = new ConcurrentHashMap<>();

    IndexMemory(Path folder) {
        this.folder = folder;
    }

    /** The file that remembers one store. */
    Path file(String store) {
        return folder.resolve(Sha256.hex(store.getBytes(StandardCharsets.UTF_8)) + ".json");
    }

    /**
     * Remembers an index.
     *
     * @throws MalformedModelException when a higher serial of that store was seen before, or
     *     another index of that serial
     */
    void meet(String store, StoreIndex index, String digest) throws MalformedModelException {
        Seen now = new Seen(store, index.serial(), digest);
        if (now.equals(known.get(store))) {
            return;
        }
        synchronized (THREADS) {
            refuseOlder(known.get(store), now);
            try (FileChannel processes = lockFile()) {
                processes.lock();
                Seen before = read(store);
                refuseOlder(before, now);
                if (!now.equals(before)) {
                    write(now);
                }
            } catch (IOException e) {
                logger.warn(
                        "serial {} of {} is remembered by this process alone: {}",
                        now.serial(),
                        store,
                        e.toString());
            }
            known.put(store, now);
        }
    }

    /** Forgets one store. */
    boolean forget(String store) throws IOException {
        known.remove(store);
        return Files.deleteIfExists(file(store));
    }

    private void refuseOlder(@Nullable Seen before, Seen now) throws MalformedModelException {
        if (before == null) {
            return;
        }
        if (now.serial() < before.serial()) {
            throw new MalformedModelException(
                    "%s: serial %d (expected: at least %d, seen before; if the store was set back on purpose: medzoo forget) in %s"
                            .formatted(
                                    StoreIndex.FILE, now.serial(), before.serial(), now.store()));
        }
        if (now.serial() == before.serial() && !now.digest().equals(before.digest())) {
            throw new MalformedModelException(
                    "%s: serial %d is %s (expected: %s, seen before under that serial; if the store was rewritten on purpose: medzoo forget) in %s"
                            .formatted(
                                    StoreIndex.FILE,
                                    now.serial(),
                                    now.digest(),
                                    before.digest(),
                                    now.store()));
        }
    }

    private FileChannel lockFile() throws IOException {
        Files.createDirectories(folder);
        return FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** A file that cannot be understood has forgotten what it knew, and says so. */
    private @Nullable Seen read(String store) throws IOException {
        Path file = file(store);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return Json.read(Files.readAllBytes(file), Seen.class, file.toString(), "memory");
        } catch (MalformedModelException e) {
            logger.warn("forgotten what was seen of {}: {}", store, e.getMessage());
            return null;
        }
    }

    private void write(Seen now) throws IOException {
        Path fresh = Files.createTempFile(folder, "seen", ".tmp");
        Files.write(fresh, Json.write(now));
        Files.move(fresh, file(now.store()), StandardCopyOption.ATOMIC_MOVE);
    }
}
