package dev.medzoo.zoo.load;

import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.sign.IndexSignature;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.ArtifactStore;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.CachedStore;
import dev.medzoo.zoo.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose index is verified before use: it must not be older than one seen before (rollback),
 * not expired, and, with a trust file, signed by a trusted signer.
 */
public final class VerifiedStore {
    private static final Logger logger = LoggerFactory.getLogger(VerifiedStore.class);

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private final Store store;
    private final TrustPolicy trust;
    private final SeenSerials memory;
    private final Clock clock;

    VerifiedStore(Store store, TrustPolicy trust, SeenSerials memory, Clock clock) {
        this.store = store;
        this.trust = trust;
        this.memory = memory;
        this.clock = clock;
    }

    /** A store, verified as the settings say. */
    public static VerifiedStore of(Store store) {
        TrustPolicy trust = TrustPolicy.fromSettings(store);
        if (!trust.demanded() && !TOLD.getAndSet(true)) {
            logger.info("no trust file: no signature is required of {} or any other store", store);
        }
        return new VerifiedStore(store, trust, SeenSerials.ofThisMachine(), Clock.systemUTC());
    }

    /** The underlying store. */
    public Store store() {
        return store;
    }

    /**
     * Reads the current index.
     *
     * @throws MalformedModelException when it is damaged, expired, older than one seen before, or
     *     not signed by whom the trust file demands
     */
    public StoreIndex index() throws IOException, MalformedModelException {
        try {
            Reading reading = reading();
            StoreIndex index =
                    reading.accept(store.read(StoreIndex.FILE, StoreIndex.LARGEST_BYTES));
            refuseExpired(index);
            return index;
        } catch (MalformedModelException e) {
            throw store instanceof CachedStore remote ? remote.blame(e) : e;
        }
    }

    /** Starts a verification. Call it before reading the index's bytes. */
    public Reading reading() {
        return new Reading(memory.recall(store.toString()));
    }

    /**
     * The verification of an index. The index must not be older than those seen before the
     * verification started; others may see a newer one meanwhile.
     */
    public final class Reading {
        private final SeenSerials.@Nullable Seen before;

        private Reading(SeenSerials.@Nullable Seen before) {
            this.before = before;
        }

        /**
         * Accepts an index, also an expired one.
         *
         * @throws MalformedModelException when it is damaged, older than one seen before, or not
         *     signed by whom the trust file demands
         */
        public StoreIndex accept(byte[] json) throws IOException, MalformedModelException {
            StoreIndex index = vouched(json);
            if (store instanceof ArtifactStore) {
                return index; // which has no history
            }
            SeenSerials.Seen now =
                    new SeenSerials.Seen(store.toString(), index.serial(), Sha256.digest(json));
            if (before != null) {
                before.refuseOlder(now);
            }
            memory.remember(now);
            return index;
        }
    }

    /**
     * Verifies an index that may be older than one seen before.
     *
     * @throws MalformedModelException when it is damaged, or not signed by whom the trust file
     *     demands
     */
    public StoreIndex vouched(byte[] json) throws IOException, MalformedModelException {
        StoreIndex index = StoreIndex.parse(json, store.toString());
        // The index of one artifact is made here; the artifact itself must be signed.
        if (trust.demanded() && !(store instanceof ArtifactStore)) {
            trust.verifyIndex(signature(json), json, store.toString());
        }
        return index;
    }

    /** Forgets the highest serial seen; returns whether there was one. */
    public boolean forget() throws IOException {
        return memory.forget(store.toString());
    }

    private byte[] signature(byte[] json) throws IOException, MalformedModelException {
        try {
            return store.read(StoreIndex.signaturePath(json), IndexSignature.LARGEST_BYTES);
        } catch (FileNotFoundException e) {
            throw new MalformedModelException(
                    "%s: no signature (expected: %s, by a signer in the trust file) in %s"
                            .formatted(StoreIndex.FILE, StoreIndex.signaturePath(json), store),
                    e);
        }
    }

    /**
     * Resolves a reference and verifies the manifest.
     *
     * @throws ModelNotFoundException when the index has no such name, version or alias
     * @throws MalformedModelException when the manifest is not the one that the index names
     */
    public VerifiedArtifact artifact(ModelReference reference)
            throws IOException, ModelNotFoundException, MalformedModelException {
        return artifact(index().resolve(reference));
    }

    /** The artifact in the index. */
    public VerifiedArtifact artifact(IndexEntry entry) throws IOException, MalformedModelException {
        try {
            return VerifiedArtifact.of(store, entry, trust);
        } catch (MalformedModelException e) {
            throw store instanceof CachedStore remote ? remote.blame(e) : e;
        }
    }

    private void refuseExpired(StoreIndex index) throws MalformedModelException {
        Instant expires = index.expires();
        if (expires == null || clock.instant().isBefore(expires)) {
            return;
        }
        String message = "%s: expired at %s".formatted(StoreIndex.FILE, expires);
        if (!CacheFolder.isOffline()) {
            throw new MalformedModelException(
                    "%s (expected: a newer one, or --offline to take it as it is) in %s"
                            .formatted(message, store));
        }
        logger.warn("{}, accepted because offline: later revocations are unknown", message);
    }
}
