package dev.medzoo.registry;

import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.HistoryEntry;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.sign.IndexSignature;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Changes a store atomically: it writes the new files first, then the history entry, the index's
 * signature, and last the index itself.
 */
final class Transaction {
    /** Maximum number of attempts on an object store. */
    private static final int TRIES = 8;

    private final WritableStore place;
    private final Maintainer maintainer;

    Transaction(WritableStore place, Maintainer maintainer) {
        this.place = place;
        this.maintainer = maintainer;
    }

    /** What a change does to the index; it may write into the session what the index will name. */
    interface Change {
        ChangeRecord apply(StoreIndex before, IndexDraft draft, WritableStore.Session session)
                throws IOException, ModelException;
    }

    /**
     * The history's record of a change.
     *
     * @param entry the version it is about, or null when it is about none
     */
    record ChangeRecord(
            HistoryEntry.Action action,
            @Nullable IndexEntry entry,
            @Nullable String alias,
            @Nullable Version from,
            @Nullable String reason) {}

    /**
     * Applies a change.
     *
     * @return the new index
     * @throws ChangedMeanwhileException when every attempt met a concurrent change
     */
    StoreIndex run(Change change) throws IOException, ModelException {
        for (int left = TRIES - 1; ; left--) {
            VerifiedStore store = VerifiedStore.of(place.store());
            VerifiedStore.Reading reading = store.reading();
            try (WritableStore.Session session = place.open()) {
                return attempt(session, store, reading, change);
            } catch (ChangedMeanwhileException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    private StoreIndex attempt(
            WritableStore.Session session,
            VerifiedStore store,
            VerifiedStore.Reading reading,
            Change change)
            throws IOException, ModelException {
        byte[] json = session.index();
        StoreIndex before = json == null ? StoreIndex.empty() : reading.accept(json);
        IndexDraft draft = new IndexDraft(before);
        ChangeRecord record = change.apply(before, draft, session);
        Instant now = maintainer.now();
        byte[] entry = entry(record, draft.serial(), now, before.history()).toBytes();
        String history = Sha256.hex(entry);
        session.put(HistoryEntry.path(history), entry);
        StoreIndex next = draft.build(now, maintainer.expiry(now), history);
        byte[] bytes = next.toBytes();
        session.put(
                StoreIndex.signaturePath(bytes),
                IndexSignature.sign(bytes, next.serial(), maintainer.key()));
        store.vouched(bytes);
        session.replaceIndex(bytes);
        return reading.accept(bytes);
    }

    private HistoryEntry entry(
            ChangeRecord record, long serial, Instant now, @Nullable String previous) {
        IndexEntry about = record.entry();
        return new HistoryEntry(
                HistoryEntry.FORMAT,
                serial,
                now,
                maintainer.who(),
                record.action(),
                about == null ? null : about.name(),
                about == null ? null : about.version(),
                about == null ? null : about.digest(),
                record.alias(),
                record.from(),
                record.reason(),
                previous);
    }
}
