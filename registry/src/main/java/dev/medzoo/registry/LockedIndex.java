package dev.medzoo.registry;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * {@code index.json} of a store, and with it the right to change the store: one thread of one
 * process has it at a time. The system takes it back when that process dies.
 */
final class LockedIndex implements AutoCloseable {
    private static final String LOCK_FILE = ".lock";

    /** A file lock is the process's, not the thread's. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path store;
    private final FileChannel lock;

    private LockedIndex(Path store, FileChannel lock) {
        this.store = store;
        this.lock = lock;
    }

    /** Waits until nobody else changes the store. */
    static LockedIndex of(Path store) throws IOException {
        THREADS.lock();
        try {
            Files.createDirectories(store);
            FileChannel lock =
                    FileChannel.open(
                            store.resolve(LOCK_FILE),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            lock.lock();
            return new LockedIndex(store, lock);
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            throw e;
        }
    }

    /**
     * The index as it is; in a folder that holds nothing, an empty one.
     *
     * @throws IOException also when there is none though the folder holds something: an index that
     *     was lost must not be started anew, for its serial and revocations would be lost with it
     */
    StoreIndex read() throws IOException, MalformedModelException {
        return isNew() ? StoreIndex.empty() : StoreIndex.read(new FolderStore(store));
    }

    /** Puts another index in its place, whole. */
    void replace(StoreIndex index) throws IOException {
        Path fresh = store.resolve("." + StoreIndex.FILE + ".tmp");
        Files.write(fresh, index.toBytes());
        Disk.force(fresh);
        Disk.move(fresh, store.resolve(StoreIndex.FILE));
    }

    private boolean isNew() throws IOException {
        try (Stream<Path> inside = Files.list(store)) {
            return inside.allMatch(path -> path.endsWith(LOCK_FILE));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            lock.close();
        } finally {
            THREADS.unlock();
        }
    }
}
