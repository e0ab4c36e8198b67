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
 * What is on its way to clients: so many files of one client at a time, and so many bytes of all. A
 * file that many fetch is in memory once. Safe for use by many threads.
 */
final class StoreDownloads {
    private final int mostOfOne;
    private final long mostBytes;
    private final Map<String, Integer> ofEach = new HashMap<>();
    private final Map<String, Shared> shared = new HashMap<>();
    private long bytes;

    /** A file in memory, and for how many. */
    private static final class Shared {
        private final byte[] content;
        private int users = 1;

        Shared(byte[] content) {
            this.content = content;
        }
    }

    /**
     * @param mostOfOne files of one client
     * @param mostBytes of different files
     */
    StoreDownloads(int mostOfOne, long mostBytes) {
        this.mostOfOne = mostOfOne;
        this.mostBytes = mostBytes;
    }

    /**
     * Takes a place of a client, to be given back with {@link #leave}.
     *
     * @throws RefusedException when it has none left
     */
    synchronized void enter(String client) throws RefusedException {
        int taken = ofEach.getOrDefault(client, 0);
        if (taken >= mostOfOne) {
            throw new RefusedException(
                    Refusal.later(
                            Kind.TOO_MANY_REQUESTS,
                            "store: %d files on their way to this client (expected: fewer than %d)"
                                    .formatted(taken, mostOfOne),
                            Duration.ofSeconds(1)));
        }
        ofEach.put(client, taken + 1);
    }

    synchronized void leave(String client) {
        ofEach.computeIfPresent(client, (key, taken) -> taken == 1 ? null : taken - 1);
    }

    /** One more user of a file that is in memory already, or null. */
    synchronized byte @Nullable [] join(String sha256) {
        Shared there = shared.get(sha256);
        if (there == null) {
            return null;
        }
        there.users++;
        return there.content;
    }

    /**
     * Keeps a file for its first user, to be given back with {@link #release}.
     *
     * @param content as it was read
     * @return what is kept, which somebody else may have read meanwhile
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
     * Looks whether another file may be read into memory.
     *
     * @throws RefusedException when it is one too many
     */
    synchronized void checkRoom(long more) throws RefusedException {
        if (bytes > 0 && bytes + more > mostBytes) {
            throw new RefusedException(
                    Refusal.later(
                            Kind.STORE_UNAVAILABLE,
                            "store: %d bytes on their way (expected: at most %d)"
                                    .formatted(bytes + more, mostBytes),
                            Duration.ofSeconds(1)));
        }
    }
}
