package dev.medzoo.serving.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only, tamper-evident log. Each line contains the MAC of the previous line, so that
 * {@link AuditVerifier} detects every line that somebody without the key changed, removed, inserted
 * or moved. Its Javadoc says what it cannot detect.
 *
 * <p>One thread writes. What has come while it was busy goes to the disk together. When a group
 * cannot be written, its events are lost and their futures fail; the next group is tried as if
 * nothing had been, and begins with a line that says how many events the log is short of.
 */
public final class AuditLog implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(AuditLog.class);

    /** Maximum size of a group that is synced together. */
    private static final int GROUP = 256;

    /** End marker of the queue. */
    private static final Entry END = new Entry(Map.of(), new CompletableFuture<>());

    private final AuditSettings settings;
    private final AuditKey key;
    private final Clock clock;
    private final AuditFile file;
    private final WriteFailureLog complaints;
    private final BlockingQueue<Entry> queue;
    private final Object closing = new Object();
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer = new Thread(this::run, "medzoo-audit");
    private volatile ChainLink last;
    private boolean closed;

    /**
     * @param fields of the line
     * @param durable completed when the line is on disk
     */
    private record Entry(Map<String, Object> fields, CompletableFuture<Void> durable) {}

    private AuditLog(AuditSettings settings, AuditKey key, Clock clock, AuditFile file) {
        this.settings = settings;
        this.key = key;
        this.clock = clock;
        this.file = file;
        this.complaints = new WriteFailureLog(settings.file().toString());
        this.queue = new ArrayBlockingQueue<>(settings.queueSize());
        this.last = file.last();
    }

    /** {@link #open(AuditSettings, Clock)} with the system's clock. */
    public static AuditLog open(AuditSettings settings) throws IOException {
        return open(settings, Clock.systemUTC());
    }

    /**
     * Opens or creates a log.
     *
     * @param clock gives the time of each line
     * @throws IOException when the key is invalid, when another process writes the log, when its
     *     last line was changed or has another key, or when it is not writable
     */
    public static AuditLog open(AuditSettings settings, Clock clock) throws IOException {
        AuditKey key = AuditKey.read(settings.keyFile());
        AuditLog log = new AuditLog(settings, key, clock, AuditFile.open(settings, key, clock));
        log.writer.start();
        logger.info("audit log {}: open at {}", settings.file(), log.last);
        return log;
    }

    /**
     * Hashes the input of an event. Takes time linear in its length, so do not call it on an event
     * loop.
     *
     * @param pieces of the input in their order
     */
    public InputHash hash(ByteBuffer... pieces) {
        return key.hash(pieces);
    }

    /**
     * The newest line on disk. Store it where the log's writer has no access, to detect truncation.
     */
    public ChainLink last() {
        return last;
    }

    /**
     * Appends an event. Never blocks.
     *
     * @return completed once the line is on disk; failed with an {@link IOException} when writing
     *     fails, when the queue is full, or when the log is closed. Synchronous continuations run
     *     on the log's writer thread and block it.
     */
    public CompletableFuture<Void> append(AuditEvent event) {
        Instant now = clock.instant();
        Entry entry = new Entry(Records.request(now, event), new CompletableFuture<>());
        synchronized (closing) {
            if (closed) {
                return refused("closed (expected: open)");
            }
            if (queue.offer(entry)) {
                return entry.durable();
            }
        }
        lost.incrementAndGet();
        String full = "queue full, %d events (expected: fewer)".formatted(settings.queueSize());
        complaints.add(full);
        return refused(full);
    }

    private CompletableFuture<Void> refused(String why) {
        return CompletableFuture.failedFuture(new IOException(settings.file() + ": " + why));
    }

    /** Writes all queued events and closes the log. */
    @Override
    public void close() throws IOException {
        synchronized (closing) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            queue.put(END);
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    settings.file() + ": interrupted before all events were written", e);
        }
        file.close();
        logger.info("audit log {}: closed at {}", settings.file(), last);
    }

    private void run() {
        List<Entry> group = new ArrayList<>();
        boolean more = true;
        while (more) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                // Only close() ends this thread: an interrupt would close the file as well.
                continue;
            }
            queue.drainTo(group, GROUP - 1);
            more = !group.remove(END);
            write(group);
        }
    }

    /** Whatever fails, the group's futures are completed and the thread goes on. */
    private void write(List<Entry> group) {
        long missed = lost.get();
        try {
            rotateWhenFull();
            file.append(lines(group, missed));
        } catch (Throwable e) {
            lost.addAndGet(group.size());
            complaints.add(String.valueOf(e));
            IOException failure = new IOException(settings.file() + ": not written", e);
            group.forEach(entry -> entry.durable().completeExceptionally(failure));
            return;
        }
        lost.addAndGet(-missed);
        last = file.last();
        if (queue.isEmpty() && !file.isFull()) {
            complaints.settle(last);
        }
        group.forEach(entry -> entry.durable().complete(null));
    }

    private List<Map<String, Object>> lines(List<Entry> group, long missed) {
        List<Map<String, Object>> lines = new ArrayList<>();
        if (missed > 0) {
            lines.add(Records.lost(clock.instant(), missed));
        }
        group.forEach(entry -> lines.add(entry.fields()));
        return lines;
    }

    /** A file that cannot be rotated is appended to, however long it gets. */
    private void rotateWhenFull() {
        if (!file.isFull()) {
            return;
        }
        try {
            file.rotate();
            logger.info("audit log {}: rotated after {}", settings.file(), file.last());
        } catch (IOException e) {
            complaints.add("cannot be rotated: " + e);
        }
    }
}
