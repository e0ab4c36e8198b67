package dev.medzoo.registry;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Utils;
import dev.medzoo.translate.ModelIdentity;
import dev.medzoo.zoo.Artifact;
import dev.medzoo.zoo.ArtifactContent;
import dev.medzoo.zoo.IndexEntry;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.StoreIndex;
import dev.medzoo.zoo.Version;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts candidates into a store. A version appears whole or not at all: its folder is written
 * beside, moved into place in one step, and only then named by the index, which is replaced in one
 * step too. What a killed publish leaves behind is named by nothing and cleared by the next.
 */
public final class Publisher {
    private static final Logger logger = LoggerFactory.getLogger(Publisher.class);

    private final Path store;

    /**
     * Publishes into one store.
     *
     * @param store folder of the store; one that is absent or empty becomes a new store
     */
    public Publisher(Path store) {
        this.store = store.toAbsolutePath().normalize();
    }

    /**
     * Publishes a candidate as the version that its {@code artifact.json} names. The alias {@code
     * stable} moves to it, unless it is at a higher version already.
     *
     * @param candidate folder with all files of an artifact but the manifest
     * @return the identity under which every loader now gets it
     * @throws MalformedModelException when the candidate is not whole, holds anything else, or its
     *     weights are not its network's
     * @throws FileAlreadyExistsException when that version is published
     */
    public ModelIdentity publish(Path candidate) throws IOException, MalformedModelException {
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        try (NDManager scratch = NDManager.newBaseManager()) {
            content.network(scratch);
        }
        Artifact artifact = content.artifact();
        IndexEntry entry =
                new IndexEntry(artifact.name(), artifact.version(), content.manifest().digest());
        try (LockedIndex current = LockedIndex.of(store)) {
            StoreIndex index = current.read();
            refuseToOverwrite(index, entry);
            place(content, entry);
            StoreIndex next = IndexChange.published(index, entry);
            current.replace(next);
            report(next, entry);
        }
        return entry.identity();
    }

    private void refuseToOverwrite(StoreIndex index, IndexEntry entry)
            throws FileAlreadyExistsException {
        List<Version> published =
                index.artifacts().getOrDefault(entry.name(), List.of()).stream()
                        .map(StoreIndex.Published::version)
                        .toList();
        if (published.contains(entry.version())) {
            throw new FileAlreadyExistsException(
                    "version: %s of %s is published (expected: none of %s) in %s"
                            .formatted(entry.version(), entry.name(), published, store));
        }
    }

    private void place(ArtifactContent content, IndexEntry entry) throws IOException {
        Path folder = store.resolve(entry.folder());
        Path fresh = folder.resolveSibling(".tmp-" + entry.version());
        Utils.deleteQuietly(fresh);
        Utils.deleteQuietly(folder);
        Files.createDirectories(fresh);
        content.writeTo(fresh);
        Disk.forceTree(fresh);
        Disk.move(fresh, folder);
    }

    private static void report(StoreIndex index, IndexEntry entry) {
        Version stable = index.aliasesOf(entry.name()).get(ModelReference.STABLE);
        if (entry.version().equals(stable)) {
            logger.info("published {}, now stable: {}", entry.folder(), entry.digest());
        } else {
            logger.info("published {}, stable stays {}", entry.folder(), stable);
        }
    }
}
