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
 * A lock that one thread of one process has at a time. The system takes it back when that process
 * dies; the file stays, empty.
 */
public final class ProcessLock implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(ProcessLock.class);

    /** A file lock is the process's, not the thread's. */
    private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock thread;
    private final FileChannel file;

    private ProcessLock(ReentrantLock thread, FileChannel file) {
        this.thread = thread;
        this.file = file;
    }

    /** Waits until nobody else has it. */
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
                logger.info("{}: another process has it, waiting", path);
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
