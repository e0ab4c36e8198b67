package dev.medzoo.registry;

import ai.djl.MalformedModelException;
import ai.djl.ModelException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.HistoryEntry;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.sign.IndexSignature;
import dev.medzoo.zoo.sign.ModelSignature;
import dev.medzoo.zoo.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Synchronises a store with another: the byte-identical index with its signature, and every version
 * that is not revoked. Everything is verified before it is written. Versions that exist are not
 * copied again.
 */
public final class Mirror {
    private final Store source;
    private final WritableStore target;

    /** Creates a mirror from one store to another. */
    public Mirror(Store source, WritableStore target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Copies the versions that the target lacks.
     *
     * @return the versions that were copied
     * @throws MalformedModelException when the source is not right, or older than the target
     */
    public List<IndexEntry> run() throws IOException, ModelException {
        try (WritableStore.Session session = target.open()) {
            VerifiedStore from = VerifiedStore.of(source);
            VerifiedStore.Reading reading = from.reading();
            byte[] json = source.read(StoreIndex.FILE, StoreIndex.LARGEST_BYTES);
            StoreIndex index = reading.accept(json);
            byte[] old = session.index();
            refuseOlder(index, json, old);
            List<IndexEntry> copied = copyVersions(from, index, session);
            copyHistory(index, session);
            copySignature(json, session);
            if (!Arrays.equals(json, old)) {
                session.replaceIndex(json);
            }
            return copied;
        }
    }

    private void refuseOlder(StoreIndex index, byte[] json, byte @Nullable [] old)
            throws MalformedModelException {
        if (old == null || Arrays.equals(json, old)) {
            return;
        }
        long has = StoreIndex.parse(old, target.toString()).serial();
        if (index.serial() <= has) {
            throw new MalformedModelException(
                    "%s: serial %d (expected: above %d, which %s has) in %s"
                            .formatted(StoreIndex.FILE, index.serial(), has, target, source));
        }
    }

    private List<IndexEntry> copyVersions(
            VerifiedStore from, StoreIndex index, WritableStore.Session session)
            throws IOException, ModelException {
        List<IndexEntry> copied = new ArrayList<>();
        for (String name : index.artifacts().keySet()) {
            for (Version version : index.usable(name)) {
                IndexEntry entry = index.resolve(new ModelReference(name, version));
                VerifiedArtifact artifact = from.artifact(entry);
                if (has(entry)) {
                    copySignature(entry, artifact, session);
                } else {
                    copyVersion(entry, artifact, session);
                    copied.add(entry);
                }
            }
        }
        return copied;
    }

    private boolean has(IndexEntry entry) throws IOException {
        try {
            VerifiedArtifact.unsigned(target.store(), entry).content();
            return true;
        } catch (MalformedModelException e) {
            return false;
        }
    }

    private static void copyVersion(
            IndexEntry entry, VerifiedArtifact artifact, WritableStore.Session session)
            throws IOException, ModelException {
        SortedMap<String, byte[]> files = artifact.content().files();
        Optional<byte[]> signature = artifact.signature();
        if (signature.isPresent()) {
            files.put(ModelSignature.FILE, signature.get());
        }
        session.putVersion(entry, files);
    }

    /** A version may be signed anew, while its other files never change. */
    private static void copySignature(
            IndexEntry entry, VerifiedArtifact artifact, WritableStore.Session session)
            throws IOException, ModelException {
        Optional<byte[]> signature = artifact.signature();
        if (signature.isPresent()) {
            session.put(entry.folder() + "/" + ModelSignature.FILE, signature.get());
        }
    }

    private void copyHistory(StoreIndex index, WritableStore.Session session)
            throws IOException, ModelException {
        for (String digest : History.read(source, index).digests()) {
            String path = HistoryEntry.path(digest);
            session.put(path, source.read(path, HistoryEntry.LARGEST_BYTES));
        }
    }

    private void copySignature(byte[] json, WritableStore.Session session)
            throws IOException, ModelException {
        String path = StoreIndex.signaturePath(json);
        try {
            session.put(path, source.read(path, IndexSignature.LARGEST_BYTES));
        } catch (FileNotFoundException e) {
            // A store that was never signed; where signatures are demanded, it was refused above.
        }
    }
}
