package dev.medzoo.registry;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.HistoryEntry;
import dev.medzoo.zoo.index.HistoryEntry.Action;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All changes of a store in order.
 *
 * @param entries a chain without a gap, each checked against the digest that the next one names
 * @param digests SHA-256 of each
 */
public record History(List<HistoryEntry> entries, List<String> digests) {
    public History {
        entries = List.copyOf(entries);
        digests = List.copyOf(digests);
    }

    /**
     * Reads and verifies the hash chain back from the index.
     *
     * @throws MalformedModelException naming the entry that is absent, changed or out of order
     */
    public static History read(Store store, StoreIndex index)
            throws IOException, MalformedModelException {
        List<HistoryEntry> entries = new ArrayList<>();
        List<String> digests = new ArrayList<>();
        String next = index.history();
        long serial = index.serial();
        while (next != null) {
            HistoryEntry entry = entry(store, next);
            if (entry.serial() != serial) {
                throw new MalformedModelException(
                        "%s: serial %d (expected: %d) in %s"
                                .formatted(HistoryEntry.path(next), entry.serial(), serial, store));
            }
            entries.add(entry);
            digests.add(next);
            next = entry.previous();
            serial--;
        }
        Collections.reverse(entries);
        Collections.reverse(digests);
        return new History(entries, digests);
    }

    private static HistoryEntry entry(Store store, String sha256)
            throws IOException, MalformedModelException {
        String path = HistoryEntry.path(sha256);
        byte[] json;
        try {
            json = store.read(path, HistoryEntry.LARGEST_BYTES);
        } catch (FileNotFoundException e) {
            throw new MalformedModelException(
                    "%s: absent (expected: present, as the history names it) in %s"
                            .formatted(path, store),
                    e);
        }
        if (!Sha256.hex(json).equals(sha256)) {
            throw new MalformedModelException(
                    "%s: sha256 %s (expected: the digest in its name) in %s"
                            .formatted(path, Sha256.hex(json), store));
        }
        return HistoryEntry.parse(json, store.toString());
    }

    /**
     * The previous target of an alias. A rollback undoes the last move, so that a second one goes
     * further back.
     *
     * @throws IllegalArgumentException when there is nothing before that is not revoked
     */
    Version before(String name, String alias, StoreIndex index) {
        Deque<Version> moves = moves(name, alias);
        Version now = index.aliasesOf(name).get(alias);
        List<Version> usable = index.usable(name);
        while (!moves.isEmpty()) {
            Version earlier = moves.pop();
            if (!earlier.equals(now) && usable.contains(earlier)) {
                return earlier;
            }
        }
        throw new IllegalArgumentException(
                "alias: %s of %s is %s (expected: an alias that pointed to another version before)"
                        .formatted(alias, name, now));
    }

    /** Where the alias was moved and not taken back from, the last first. */
    private Deque<Version> moves(String name, String alias) {
        Deque<Version> moves = new ArrayDeque<>();
        for (HistoryEntry entry : entries) {
            Version version = entry.version();
            if (version == null || !name.equals(entry.name()) || !alias.equals(entry.alias())) {
                continue;
            }
            if (entry.action() == Action.ROLLBACK) {
                takeBack(moves, version);
            } else {
                pushUnlessTop(moves, entry.from());
                moves.push(version);
            }
        }
        return moves;
    }

    private static void takeBack(Deque<Version> moves, Version to) {
        while (!moves.isEmpty() && !moves.peek().equals(to)) {
            moves.pop();
        }
    }

    private static void pushUnlessTop(Deque<Version> moves, @Nullable Version version) {
        if (version != null && !version.equals(moves.peek())) {
            moves.push(version);
        }
    }
}
