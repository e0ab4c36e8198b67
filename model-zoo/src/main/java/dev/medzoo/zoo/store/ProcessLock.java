package dev.medzoo.zoo.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exclusive lock between threads and processes. The system releases it when the process dies;
 * the empty lock file stays.
 */
public final class ProcessLock implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ProcessLock.class);

    /** A file lock belongs to the process, so threads need a lock of their own. */
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel file;

    private ProcessLock(ReentrantLock thread, FileChannel file) {
        this.thread = thread;
        this.file = file;
    }

    /** Waits for the lock. */
    public static ProcessLock take(Path path) throws IOException {
        ReentrantLock thread =
                THREADS.computeIfAbsent(
                        path.toAbsolutePath().normalize(), any -> new ReentrantLock());
        thread.lock();
        try {
            Files.createDirectories(path.toAbsolutePath().resolveSibling(".").normalize());
            return new ProcessLock(thread, locked(path));
        } catch (IOException | RuntimeException e) {
            thread.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock == null) {
                logger.info("{}: locked by another process, waiting", path);
                file.lock();
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            thread.unlock();
        }
    }
}
