package dev.medzoo.zoo;

import ai.djl.MalformedModelException;
import ai.djl.util.Utils;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.sign.Trust;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Copies of artifacts that DJL cannot load from where they are, each in a folder named by its
 * digest, below DJL's own cache. A copy is verified with every load, and fetched again when any
 * byte of it is not right.
 */
final class ArtifactCache {
    private final Store store;

    ArtifactCache(Store store) {
        this.store = store;
    }

    /** Where the copy of the artifact of that digest is, or will be. */
    static Path folder(String digest) {
        return root().resolve(Sha256.hexOf(digest));
    }

    private static Path root() {
        return Utils.getCacheDir().toAbsolutePath().resolve("medzoo");
    }

    /**
     * Makes sure that a whole, unchanged copy is there.
     *
     * @throws MalformedModelException when the store's own files are not what its index names
     */
    void fetch(IndexEntry entry) throws IOException, MalformedModelException {
        Path folder = folder(entry.digest());
        if (isIntact(folder, entry)) {
            return;
        }
        ArtifactContent content = VerifiedStore.of(store).artifact(entry).content();
        Path fresh = Files.createTempDirectory(Files.createDirectories(root()), "fetch-");
        try {
            content.writeTo(fresh);
            Utils.deleteQuietly(folder);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process may have put its copy there first.
            if (!isIntact(folder, entry)) {
                throw e;
            }
        } finally {
            Utils.deleteQuietly(fresh);
        }
    }

    private static boolean isIntact(Path folder, IndexEntry entry) {
        try {
            VerifiedArtifact.ofFolder(folder, entry.digest(), Trust.fromSettings()).content();
            return true;
        } catch (IOException | MalformedModelException e) {
            return false;
        }
    }
}
