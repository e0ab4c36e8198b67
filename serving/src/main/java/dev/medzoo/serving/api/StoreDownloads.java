package dev.medzoo.serving.api;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits downloads of store files: concurrent files per client, and total bytes in memory.
 * Concurrent downloads of one file share its bytes. Thread-safe.
 */
final class StoreDownloads {
    private final int mostOfOne;
    private final long mostBytes;
    private final Map<String, Integer> ofEach = new HashMap<>();
    private final Map<String, Shared> shared = new HashMap<>();
    private long bytes;

    /** A file in memory with its number of users. */
    private static final class Shared {
        private final byte[] content;
        private int users = 1;

        Shared(byte[] content) {
            this.content = content;
        }
    }

    /**
     * @param mostOfOne maximum concurrent files per client
     * @param mostBytes maximum total size of the files in memory
     */
    StoreDownloads(int mostOfOne, long mostBytes) {
        this.mostOfOne = mostOfOne;
        this.mostBytes = mostBytes;
    }

    /**
     * Takes a slot of a client; release it with {@link #leave}.
     *
     * @throws RefusedException when the client has no slot left
     */
    synchronized void enter(String client) throws RefusedException {
        int taken = ofEach.getOrDefault(client, 0);
        if (taken >= mostOfOne) {
            throw new RefusedException(
                    Refusal.later(
                            Kind.TOO_MANY_REQUESTS,
                            "store: %d files are being sent to this client (expected: fewer than %d)"
                                    .formatted(taken, mostOfOne),
                            Duration.ofSeconds(1)));
        }
        ofEach.put(client, taken + 1);
    }

    synchronized void leave(String client) {
        ofEach.computeIfPresent(client, (key, taken) -> taken == 1 ? null : taken - 1);
    }

    /** Adds a user of a file that is in memory, or returns null. */
    synchronized byte @Nullable [] join(String sha256) {
        Shared there = shared.get(sha256);
        if (there == null) {
            return null;
        }
        there.users++;
        return there.content;
    }

    /**
     * Adds a file with its first user; release it with {@link #release}.
     *
     * @param content as it was read
     * @return the shared content, which another thread may have added meanwhile
     */
    synchronized byte[] keep(String sha256, byte[] content) {
        byte[] there = join(sha256);
        if (there != null) {
            return there;
        }
        shared.put(sha256, new Shared(content));
        bytes += content.length;
        return content;
    }

    synchronized void release(String sha256) {
        Shared there = Objects.requireNonNull(shared.get(sha256), sha256);
        there.users--;
        if (there.users == 0) {
            shared.remove(sha256);
            bytes -= there.content.length;
        }
    }

    /**
     * Checks that another file fits into the limit.
     *
     * @throws RefusedException when it does not
     */
    synchronized void checkRoom(long more) throws RefusedException {
        if (bytes > 0 && bytes + more > mostBytes) {
            throw new RefusedException(
                    Refusal.later(
                            Kind.STORE_UNAVAILABLE,
                            "store: %d bytes are being sent (expected: at most %d)"
                                    .formatted(bytes + more, mostBytes),
                            Duration.ofSeconds(1)));
        }
    }
}
