package dev.medzoo.registry;

import ai.djl.ModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.registry.Transaction.ChangeRecord;
import dev.medzoo.registry.gate.Regression;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.HistoryEntry.Action;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.index.StoreIndex.Deprecation;
import dev.medzoo.zoo.load.CardText;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.sign.ModelSignature;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Manages the versions of one store. Each method is one atomic, signed change that is recorded in
 * the history. With a trust file, the maintainer's key must be trusted.
 */
public final class Registry {
    /** The alias of the latest published version. */
    public static final String CANDIDATE = "candidate";

    private final WritableStore place;
    private final Maintainer maintainer;
    private final Transaction transaction;

    /** Creates the registry of a store for a maintainer. */
    public Registry(WritableStore place, Maintainer maintainer) {
        this.place = place;
        this.maintainer = maintainer;
        this.transaction = new Transaction(place, maintainer);
    }

    /**
     * Publishes what passed the gate. The alias {@value #CANDIDATE} moves to it.
     *
     * @return the identity under which every loader now gets it
     * @throws FileAlreadyExistsException when that version is published
     */
    public IndexEntry publish(ArtifactContent content) throws IOException, ModelException {
        IndexEntry entry = entry(content);
        SortedMap<String, byte[]> files = content.files();
        files.put(
                ModelSignature.FILE,
                ModelSignature.sign(entry.name(), content.digests(), maintainer.key()));
        transaction.run(
                (before, draft, session) -> {
                    refuseToOverwrite(before, entry);
                    session.putVersion(entry, files);
                    VerifiedStore.of(place.store()).artifact(entry).content();
                    draft.add(entry);
                    draft.point(entry.name(), CANDIDATE, entry.version());
                    Version last = before.aliasesOf(entry.name()).get(CANDIDATE);
                    return new ChangeRecord(Action.PUBLISH, entry, CANDIDATE, last, null);
                });
        return entry;
    }

    /**
     * Moves an alias to a version. {@code stable} moves only to a version that is not significantly
     * worse on the same test pictures than the one it replaces.
     *
     * @param because reason to move it although the version is worse or cannot be compared, or null
     * @throws ModelNotFoundException when there is no such version, or it is revoked
     * @throws IllegalArgumentException when it is worse, or cannot be compared, and nobody said why
     */
    public void promote(ModelReference reference, String alias, @Nullable String because)
            throws IOException, ModelException {
        transaction.run(
                (before, draft, session) -> {
                    IndexEntry entry = before.resolve(reference);
                    Version last = before.aliasesOf(entry.name()).get(alias);
                    if (entry.version().equals(last)) {
                        throw new IllegalArgumentException(
                                "alias: %s of %s is %s (expected: another version)"
                                        .formatted(alias, entry.name(), last));
                    }
                    if (alias.equals(ModelReference.STABLE) && because == null) {
                        refuseRegression(before, entry, last);
                    }
                    draft.point(entry.name(), alias, entry.version());
                    return new ChangeRecord(Action.PROMOTE, entry, alias, last, because);
                });
    }

    /**
     * Moves an alias back to what it pointed to before.
     *
     * @return the version it points to now
     * @throws IllegalArgumentException when there is nothing before that is not revoked
     */
    public Version rollback(String name, String alias, @Nullable String reason)
            throws IOException, ModelException {
        StoreIndex after =
                transaction.run(
                        (before, draft, session) -> {
                            Version last = before.aliasesOf(name).get(alias);
                            Version earlier =
                                    History.read(place.store(), before).before(name, alias, before);
                            draft.point(name, alias, earlier);
                            IndexEntry entry = before.resolve(new ModelReference(name, earlier));
                            return new ChangeRecord(Action.ROLLBACK, entry, alias, last, reason);
                        });
        return after.resolve(new ModelReference(name, null, alias)).version();
    }

    /** Deprecates a version: loading it logs a warning. */
    public void deprecate(ModelReference reference, Deprecation deprecation)
            throws IOException, ModelException {
        transaction.run(
                (before, draft, session) -> {
                    IndexEntry entry = before.resolve(reference);
                    Version replacement = deprecation.replacement();
                    if (replacement != null) {
                        before.resolve(new ModelReference(entry.name(), replacement));
                    }
                    draft.deprecate(entry.name(), entry.version(), deprecation);
                    return new ChangeRecord(
                            Action.DEPRECATE, entry, null, null, deprecation.reason());
                });
    }

    /**
     * Revokes a version for good: it can no longer be loaded, and servers stop serving it.
     *
     * @return the index that says so
     */
    public StoreIndex revoke(ModelReference reference, String reason)
            throws IOException, ModelException {
        return transaction.run(
                (before, draft, session) -> {
                    IndexEntry entry = before.resolve(reference);
                    draft.revoke(entry.name(), entry.version(), reason);
                    return new ChangeRecord(Action.REVOKE, entry, null, null, reason);
                });
    }

    /** Signs a version again, replacing its signature. */
    public void sign(ModelReference reference) throws IOException, ModelException {
        transaction.run(
                (before, draft, session) -> {
                    IndexEntry entry = before.resolve(reference);
                    VerifiedArtifact unsigned = VerifiedArtifact.unsigned(place.store(), entry);
                    ArtifactContent content = unsigned.content();
                    session.put(
                            entry.folder() + "/" + ModelSignature.FILE,
                            ModelSignature.sign(entry.name(), content.digests(), maintainer.key()));
                    return new ChangeRecord(Action.SIGN, entry, null, null, null);
                });
    }

    /** Renews the index's validity. */
    public StoreIndex renew() throws IOException, ModelException {
        return transaction.run(
                (before, draft, session) -> new ChangeRecord(Action.RENEW, null, null, null, null));
    }

    private void refuseRegression(StoreIndex index, IndexEntry next, @Nullable Version last)
            throws IOException, ModelException {
        if (last == null || !index.usable(next.name()).contains(last)) {
            return;
        }
        VerifiedStore store = VerifiedStore.of(place.store());
        IndexEntry now = index.resolve(new ModelReference(next.name(), last));
        Regression regression =
                Regression.between(store.artifact(now).content(), store.artifact(next).content());
        if (!(regression instanceof Regression.Compared) || regression.isSignificant()) {
            throw new IllegalArgumentException(
                    "%s against %s: %s (expected: no regression, or --because)"
                            .formatted(next.folder(), last, regression.message()));
        }
    }

    /** Refuses a candidate whose version is already published, before it is checked. */
    void refuseToOverwrite(ArtifactContent candidate) throws IOException, ModelException {
        try {
            byte[] json = place.store().read(StoreIndex.FILE, StoreIndex.LARGEST_BYTES);
            refuseToOverwrite(StoreIndex.parse(json, place.toString()), entry(candidate));
        } catch (FileNotFoundException e) {
            // A new store, where nothing is published.
        }
    }

    /** The cards of all other artifacts that the store holds. */
    List<ModelCard> cardsBeside(ArtifactContent candidate) throws IOException, ModelException {
        try {
            byte[] json = place.store().read(StoreIndex.FILE, StoreIndex.LARGEST_BYTES);
            return CardText.ofOthers(
                    candidate.artifact().name(),
                    StoreIndex.parse(json, place.toString()),
                    VerifiedStore.of(place.store()));
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    private static IndexEntry entry(ArtifactContent content) {
        return new IndexEntry(
                content.artifact().name(),
                content.artifact().version(),
                content.manifest().digest());
    }

    private void refuseToOverwrite(StoreIndex index, IndexEntry entry)
            throws FileAlreadyExistsException {
        if (index.published(entry.name(), entry.version()).isPresent()) {
            throw new FileAlreadyExistsException(
                    "version: %s of %s is published (expected: none of %s) in %s"
                            .formatted(
                                    entry.version(),
                                    entry.name(),
                                    index.usable(entry.name()),
                                    place));
        }
    }
}
