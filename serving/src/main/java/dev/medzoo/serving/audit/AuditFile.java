package dev.medzoo.serving.audit;

import dev.medzoo.zoo.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Appends groups of lines to the log atomically: either the whole group is on disk, or none of it
 * is part of the log. After a failure the file is reopened for the next group. Not thread-safe.
 */
final class AuditFile implements AutoCloseable {
    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final AuditSettings settings;
    private final AuditKey key;
    private final Clock clock;
    private final LogFiles series;
    private final MacChain chain;
    private final WriterLock lock;

    /** The last line of the last group. */
    private ChainLink last;

    /** First sequence number of the current file. */
    private long firstSeq;

    private @Nullable FileChannel channel;

    /** The open file's identity (inode), whatever its name is now; null where unsupported. */
    private @Nullable Object identity;

    private long length;

    /** Whether the file has failed lines behind {@code length} that could not be truncated. */
    private boolean unsettled;

    /** Bytes truncated when the file was opened; null once that is logged. */
    private @Nullable Long torn;

    private AuditFile(
            AuditSettings settings, AuditKey key, Clock clock, WriterLock lock, LogFiles series)
            throws IOException {
        this.settings = settings;
        this.key = key;
        this.clock = clock;
        this.lock = lock;
        this.series = series;
        this.chain = new MacChain(key);
        this.last = LogEnd.of(series, chain);
    }

    /**
     * Locks the log and continues at its end. A torn last line is truncated, and the first new line
     * records its length.
     *
     * @throws IOException when another process writes it, when its end was written with another
     *     key, or when it is not writable
     */
    static AuditFile open(AuditSettings settings, AuditKey key, Clock clock) throws IOException {
        LogFiles series = new LogFiles(settings.file());
        WriterLock lock = WriterLock.take(series);
        try {
            AuditFile file = new AuditFile(settings, key, clock, lock, series);
            file.append(List.of());
            return file;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    ChainLink last() {
        return last;
    }

    boolean isFull() {
        return channel != null && length >= settings.rotateAtBytes();
    }

    /**
     * Rotates the file: renames it by its first sequence number. The next group starts a new file.
     *
     * @throws IOException when renaming fails; then it stays the current file
     */
    void rotate() throws IOException {
        if (channel != null) {
            checkUntouched(channel);
        }
        // No line of it is lost: each group was forced to the disk before.
        Files.move(series.current(), series.rotated(firstSeq));
        leave();
        FileNames.force(series.current());
    }

    /**
     * Appends a group of lines and syncs them to disk.
     *
     * @param group fields of each line between its sequence number and its MACs
     * @throws IOException when writing fails; then none of them is in the log
     */
    void append(List<Map<String, Object>> group) throws IOException {
        try {
            FileChannel file = channel == null ? reopened() : channel;
            checkUntouched(file);
            List<Map<String, Object>> lines = new ArrayList<>(group);
            if (torn != null) {
                lines.add(0, Records.opened(clock.instant(), key, torn));
            }
            write(file, lines);
            torn = null;
        } catch (IOException | RuntimeException e) {
            leave();
            throw e;
        }
    }

    private FileChannel reopened() throws IOException {
        FileChannel file = PrivateFiles.open(series.current(), APPENDING);
        channel = file;
        identity = identityNow();
        FileNames.force(series.current());
        long found = file.size();
        length = found == 0 ? 0 : ownLength();
        unsettled = false;
        if (found > length) {
            file.truncate(length);
        }
        // What was cut at an opening that failed has not been told yet.
        torn = (torn == null ? 0 : torn) + found - length;
        firstSeq = length == 0 ? last.seq() + 1 : seqOfFirstLine();
        return file;
    }

    /** Length of the file's valid lines in bytes. */
    private long ownLength() throws IOException {
        try (FileEnds ends = FileEnds.of(series.current())) {
            long complete = ends.completeLength();
            return unsettled ? Math.min(length, complete) : complete;
        }
    }

    /** Of a file whose first line was changed, nothing is known but what will be written. */
    private long seqOfFirstLine() throws IOException {
        try (FileEnds ends = FileEnds.of(series.current())) {
            MacChain.Line first = chain.read(ends.first());
            return first == null ? last.seq() + 1 : first.link().seq();
        }
    }

    /** Checks that the file is the opened one and unchanged since the last write. */
    private void checkUntouched(FileChannel file) throws IOException {
        if (!Objects.equals(identityNow(), identity)) {
            throw new IOException(
                    series.current() + ": another file (expected: the one that was opened)");
        }
        if (file.size() != length) {
            throw new IOException(
                    "%s: %d bytes (expected: %d, as they were written)"
                            .formatted(series.current(), file.size(), length));
        }
    }

    private void write(FileChannel file, List<Map<String, Object>> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        ChainLink end = last;
        for (Map<String, Object> fields : lines) {
            String line = chain.line(end, fields);
            text.append(line).append('\n');
            end = MacChain.linkOf(end, line);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            writeAll(file, ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            takeBack(file, e);
            throw e;
        }
        // A file whose name is gone takes every byte and keeps none.
        if (!Objects.equals(identityNow(), identity)) {
            throw new NoSuchFileException(
                    series.current().toString(), null, "removed or replaced while it was written");
        }
        last = end;
        length += bytes.length;
    }

    private void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        if (settings.fsync()) {
            file.force(false);
        }
    }

    /** Truncates what was not written completely. */
    private void takeBack(FileChannel file, IOException failure) {
        try {
            file.truncate(length);
        } catch (IOException e) {
            unsettled = true;
            failure.addSuppressed(e);
        }
    }

    private @Nullable Object identityNow() throws IOException {
        Path current = series.current();
        return Files.readAttributes(current, BasicFileAttributes.class).fileKey();
    }

    /** Closes the file. The next group reopens it by name. */
    private void leave() {
        FileChannel left = channel;
        channel = null;
        if (left != null) {
            try {
                left.close();
            } catch (IOException e) {
                // What counts was forced before, and what fails here is not of the log.
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        leave();
        lock.close();
    }
}
