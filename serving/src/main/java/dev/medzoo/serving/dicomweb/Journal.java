package dev.medzoo.serving.dicomweb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.medzoo.serving.dicomweb.JournalRecord.State;
import dev.medzoo.zoo.store.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A write-ahead journal of the state of each instance: one line per step, compacted once half of it
 * is obsolete. A torn last line after a crash is truncated: its step is repeated, with the same
 * result.
 *
 * <p>For one thread, except {@link #count}, which any thread may call.
 */
final class Journal implements AutoCloseable {
    /** Minimum number of obsolete lines before compaction. */
    private static final int MOST_STALE = 1000;

    private static final int FORMAT = 1;

    private final StateFolder folder;
    private final Owner owner;
    private final JournalFile disk;
    private final Map<String, JournalRecord> latest = new LinkedHashMap<>();
    private final Map<State, Integer> counts = new EnumMap<>(State.class);
    private FileChannel file;
    private long length;
    private int lines;

    /**
     * The first line: the journal's owner.
     *
     * @param archive of the instances
     * @param model that predicts them
     */
    record Owner(int format, String archive, String model) {
        Owner(String archive, String model) {
            this(FORMAT, archive, model);
        }
    }

    private Journal(StateFolder folder, Owner owner, JournalFile disk, FileChannel file) {
        this.folder = folder;
        this.owner = owner;
        this.disk = disk;
        this.file = file;
    }

    /**
     * Opens or creates the journal of a folder.
     *
     * @throws IOException when it belongs to another archive or model, or is damaged elsewhere than
     *     at its end
     */
    static Journal open(StateFolder folder, Owner owner, JournalFile disk) throws IOException {
        if (!Files.exists(folder.journal())) {
            disk.write(folder.nextJournal(), JournalLine.of(owner));
            disk.move(folder.nextJournal(), folder.journal());
        }
        Journal journal = new Journal(folder, owner, disk, opened(folder.journal()));
        try {
            journal.read();
            return journal;
        } catch (IOException | RuntimeException e) {
            journal.file.close();
            throw e;
        }
    }

    private static FileChannel opened(Path path) throws IOException {
        String fault = PrivateFiles.fault(path);
        if (fault != null) {
            throw new IOException(fault);
        }
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void read() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.journal());
        int at = 0;
        for (int end = next(bytes, 0); end >= 0; end = next(bytes, at)) {
            String line = new String(bytes, at, end - at, UTF_8);
            if (!take(line)) {
                if (end + 1 < bytes.length) {
                    throw new IOException(
                            "%s: line %d is damaged (expected: as it was written; move the file away to start a new one)"
                                    .formatted(folder.journal(), lines + 1));
                }
                break;
            }
            lines++;
            at = end + 1;
        }
        if (lines == 0) {
            throw new IOException(
                    "%s: no first line (expected: as it was written)".formatted(folder.journal()));
        }
        length = at;
        file.truncate(length);
        file.force(true);
    }

    private static int next(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at < bytes.length ? at : -1;
    }

    private boolean take(String line) throws IOException {
        if (lines > 0) {
            JournalRecord read = JournalLine.read(line, JournalRecord.class).orElse(null);
            if (read != null) {
                keep(read);
            }
            return read != null;
        }
        Owner found = JournalLine.read(line, Owner.class).orElse(null);
        if (found != null && !found.equals(owner)) {
            throw new IOException(
                    "%s: of %s and %s (expected: of %s and %s; each takes a folder of its own)"
                            .formatted(
                                    folder.journal(),
                                    found.archive(),
                                    found.model(),
                                    owner.archive(),
                                    owner.model()));
        }
        return found != null;
    }

    private synchronized void keep(JournalRecord each) {
        drop(latest.put(each.instance(), each));
        counts.merge(each.state(), 1, Integer::sum);
    }

    private void drop(@Nullable JournalRecord before) {
        if (before != null) {
            counts.merge(before.state(), -1, Integer::sum);
        }
    }

    /** The record of an instance, or null. */
    @Nullable JournalRecord find(String instance) {
        return latest.get(instance);
    }

    /** Number of instances in a state. */
    synchronized int count(State state) {
        return counts.getOrDefault(state, 0);
    }

    /** All known instances. */
    Set<String> instances() {
        return Set.copyOf(latest.keySet());
    }

    /** Appends a step. It is on disk when this returns. */
    void append(JournalRecord step) throws IOException {
        byte[] line = JournalLine.of(step);
        // What a failure left behind the last complete line.
        file.truncate(length);
        disk.append(file, line, length);
        length += line.length;
        lines++;
        keep(step);
        if (lines > latest.size() * 3L / 2 + MOST_STALE) {
            compact();
        }
    }

    /** Removes an instance; on disk at the next compaction. */
    synchronized void forget(String instance) {
        drop(latest.remove(instance));
    }

    private void compact() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(JournalLine.of(owner));
        latest.values().forEach(each -> content.writeBytes(JournalLine.of(each)));
        disk.write(folder.nextJournal(), content.toByteArray());
        disk.move(folder.nextJournal(), folder.journal());
        FileChannel before = file;
        file = opened(folder.journal());
        length = content.size();
        lines = latest.size() + 1;
        before.close();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
