package dev.medzoo.serving.audit;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An exclusive lock between processes that write a log. The system releases it when the process
 * dies; the empty lock file stays.
 */
final class WriterLock implements AutoCloseable {
    /** Opening and closing the file again would release this process's lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path held;
    private final FileChannel file;

    private WriterLock(Path held, FileChannel file) {
        this.held = held;
        this.file = file;
    }

    /**
     * Acquires the lock.
     *
     * @throws IOException when another process holds it
     */
    static WriterLock take(LogFiles series) throws IOException {
        Path lock = series.lock().toAbsolutePath();
        Path held = lock.resolveSibling(".").toRealPath().resolve(lock.getFileName());
        if (!HELD.add(held)) {
            throw taken(series);
        }
        try {
            return new WriterLock(held, locked(held, series));
        } catch (IOException | RuntimeException e) {
            HELD.remove(held);
            throw e;
        }
    }

    private static FileChannel locked(Path lock, LogFiles series) throws IOException {
        FileChannel file =
                PrivateFiles.open(
                        lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        try {
            if (file.tryLock() == null) {
                throw taken(series);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static IOException taken(LogFiles series) {
        return new IOException(
                "%s: another process writes it (expected: one writer per file)"
                        .formatted(series.current()));
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            HELD.remove(held);
        }
    }
}
