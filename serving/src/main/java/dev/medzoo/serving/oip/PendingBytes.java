package dev.medzoo.serving.oip;

import java.util.HashMap;
import java.util.Map;

/** Counts the bytes of incomplete requests. One client may use half of the limit. */
final class PendingBytes {
    private final long most;
    private final Map<String, Long> ofEach = new HashMap<>();
    private long all;

    /**
     * @param most of all clients together
     */
    PendingBytes(long most) {
        this.most = most;
    }

    /** Counts some more, where there is room for them. */
    synchronized boolean add(String client, long bytes) {
        if (all + bytes > most || ofEach.getOrDefault(client, 0L) + bytes > most / 2) {
            return false;
        }
        all += bytes;
        if (bytes > 0) {
            ofEach.merge(client, bytes, Long::sum);
        }
        return true;
    }

    /** Counts some no more. */
    synchronized void remove(String client, long bytes) {
        all -= bytes;
        ofEach.computeIfPresent(client, (key, had) -> had == bytes ? null : had - bytes);
    }

    /** Those that are counted now. */
    synchronized long sum() {
        return all;
    }
}
