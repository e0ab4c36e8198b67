package dev.medzoo.zoo.load;

import ai.djl.MalformedModelException;
import ai.djl.util.Progress;
import ai.djl.util.Utils;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.sign.ModelSignature;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.CachedStore;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.PrivateFiles;
import dev.medzoo.zoo.store.ProcessLock;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cache of artifacts that DJL cannot load in place, one folder per digest, shared by all
 * processes of this machine. A copy appears atomically, is verified at every load, and is fetched
 * again if it is damaged. One process fetches while the others wait.
 *
 * <p>What is not there yet is put together in {@code <digest>.fetch}, a store of one artifact,
 * which stays when the process dies, so that the next goes on from there.
 */
public final class ArtifactCache {
    private final Store store;

    /** Creates the cache of a store. */
    public ArtifactCache(Store store) {
        this.store = store;
    }

    /** Path of the copy with that digest. */
    public static Path folder(String digest) {
        return CacheFolder.root().resolve(Sha256.hexOf(digest));
    }

    /**
     * Ensures a complete, verified copy.
     *
     * @param progress of the download, or null
     * @return its content
     * @throws MalformedModelException when the store's files do not match its index
     */
    @SuppressWarnings("try") // The lock is held, never asked.
    public ArtifactContent fetch(IndexEntry entry, @Nullable Progress progress)
            throws IOException, MalformedModelException {
        Path folder = folder(entry.digest());
        ArtifactContent copy = intact(folder, entry);
        if (copy != null) {
            return copy;
        }
        if (store instanceof CachedStore remote && remote.isOffline() && Files.exists(folder)) {
            throw damaged(folder, entry, remote);
        }
        PrivateFiles.makeFolders(folder.resolveSibling(".").normalize());
        try (ProcessLock unused = ProcessLock.take(beside(folder, ".lock"))) {
            copy = intact(folder, entry);
            return copy == null ? fetchTo(folder, entry, progress) : copy;
        }
    }

    private ArtifactContent fetchTo(Path folder, IndexEntry entry, @Nullable Progress progress)
            throws IOException, MalformedModelException {
        Path staging = beside(folder, ".fetch");
        ArtifactContent content = stage(entry, staging, progress);
        Utils.deleteQuietly(folder);
        Path staged = staging.resolve(entry.folder());
        Files.move(staged, folder, StandardCopyOption.ATOMIC_MOVE);
        Utils.deleteQuietly(staging);
        return content;
    }

    private ArtifactContent stage(IndexEntry entry, Path staging, @Nullable Progress progress)
            throws IOException, MalformedModelException {
        VerifiedArtifact artifact = VerifiedStore.of(store).artifact(entry);
        try {
            if (store instanceof CachedStore remote) {
                new ArtifactFetch(remote, entry, artifact.manifest(), staging).run(progress);
            } else {
                Utils.deleteQuietly(staging);
                artifact.content().writeTo(staging.resolve(entry.folder()));
            }
            Optional<byte[]> signature = artifact.signature();
            if (signature.isPresent()) {
                Path folder = staging.resolve(entry.folder());
                Files.write(folder.resolve(ModelSignature.FILE), signature.get());
            }
            return VerifiedArtifact.of(
                            new FolderStore(staging), entry, TrustPolicy.fromSettings(store))
                    .content();
        } catch (MalformedModelException e) {
            Utils.deleteQuietly(staging);
            throw e;
        }
    }

    private static Path beside(Path folder, String suffix) {
        return folder.resolveSibling(folder.getFileName() + suffix);
    }

    private @Nullable ArtifactContent intact(Path folder, IndexEntry entry) {
        try {
            return content(folder, entry);
        } catch (IOException | MalformedModelException e) {
            return null;
        }
    }

    private ArtifactContent content(Path folder, IndexEntry entry)
            throws IOException, MalformedModelException {
        return VerifiedArtifact.ofFolder(folder, entry.digest(), TrustPolicy.fromSettings(store))
                .content();
    }

    /** The fault of a copy that cannot be fetched again. */
    private MalformedModelException damaged(Path folder, IndexEntry entry, CachedStore remote)
            throws IOException {
        try {
            content(folder, entry);
            return new MalformedModelException(folder + ": changed while it was read");
        } catch (MalformedModelException e) {
            return remote.blame(e, folder);
        }
    }
}
