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
 * The end of a log that lines are appended to, a group at a time: either all of a group are on the
 * disk, or none is part of the log. After a failure the file is opened anew for the next group. For
 * one thread.
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

    /** What the last group ended with. */
    private ChainLink last;

    /** Of the current file. */
    private long firstSeq;

    private @Nullable FileChannel channel;

    /** What the system knows the open file by, whatever its name is now; null where it does not. */
    private @Nullable Object identity;

    private long length;

    /** Whether behind {@code length} stand lines that failed and could not be taken back. */
    private boolean unsettled;

    /** Bytes cut off when the file was opened; null once the log tells of that opening. */
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
     * Takes the log and goes on where it ended: a torn last line is cut off, and the first line
     * that this writes says how much of it there was.
     *
     * @throws IOException when somebody else writes it, when its end is not of this key, or when
     *     nothing can be written
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
     * Puts the file aside under the number of its first line; the next group begins a new one.
     *
     * @throws IOException when it cannot get that name, and then it stays the current one
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
     * Appends a group of lines and brings them to the disk.
     *
     * @param group what each holds between its number and its MACs
     * @throws IOException when they could not be written, and then none of them is in the log
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

    /** Bytes of the file that are whole lines and did not fail. */
    private long ownLength() throws IOException {
        try (FileEnds ends = FileEnds.of(series.current())) {
            long whole = ends.wholeLength();
            return unsettled ? Math.min(length, whole) : whole;
        }
    }

    /** Of a file whose first line was changed, nothing is known but what will be written. */
    private long seqOfFirstLine() throws IOException {
        try (FileEnds ends = FileEnds.of(series.current())) {
            MacChain.Line first = chain.read(ends.first());
            return first == null ? last.seq() + 1 : first.link().seq();
        }
    }

    /** Refuses a file that is not the one which was opened, or not as this process left it. */
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

    /** What was not written as a whole is no part of the log. */
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

    /** Closes the file; the next group opens the one that then has the name. */
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
