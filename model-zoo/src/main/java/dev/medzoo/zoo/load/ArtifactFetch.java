package dev.medzoo.zoo.load;

import ai.djl.MalformedModelException;
import ai.djl.util.Progress;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ManifestEntry;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.store.CachedStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Downloads one artifact into a staging folder, {@code <name>/<version>/…} as in a store. A file is
 * renamed into place when it is complete and matches the manifest; until then it is {@code
 * <sha256>.part} beside.
 */
final class ArtifactFetch {
    private final CachedStore store;
    private final IndexEntry entry;
    private final Manifest manifest;
    private final Path staging;
    private final Path folder;

    ArtifactFetch(CachedStore store, IndexEntry entry, Manifest manifest, Path staging) {
        this.store = store;
        this.entry = entry;
        this.manifest = manifest;
        this.staging = staging;
        folder = staging.resolve(entry.folder());
    }

    /** Fetches the missing files. */
    void run(@Nullable Progress progress) throws IOException, MalformedModelException {
        ArtifactFiles.checkAllowed(entry.name(), manifest.paths(), entry.folder());
        Files.createDirectories(folder.resolve(ArtifactFiles.GOLDEN_FOLDER));
        if (progress == null) {
            fetchAll(done -> {});
        } else {
            long bytes = manifest.files().stream().mapToLong(ManifestEntry::size).sum();
            progress.reset("Fetching " + entry.folder(), bytes);
            progress.start(0);
            try {
                fetchAll(progress::update);
            } finally {
                progress.end();
            }
        }
        Files.write(folder.resolve(ArtifactFiles.MANIFEST), manifest.toBytes());
    }

    private void fetchAll(LongConsumer progress) throws IOException, MalformedModelException {
        long done = 0;
        for (ManifestEntry file : manifest.files()) {
            long before = done;
            fetch(file, arrived -> progress.accept(before + arrived));
            done += file.size();
            progress.accept(done);
        }
    }

    private void fetch(ManifestEntry file, LongConsumer arrived)
            throws IOException, MalformedModelException {
        Path target = folder.resolve(file.path());
        if (Files.isRegularFile(target)
                && Sha256.hex(Files.readAllBytes(target)).equals(file.sha256())) {
            return;
        }
        Path part = staging.resolve(file.sha256() + ".part");
        try {
            store.fetch(entry.folder(), file.path(), file.size(), file.sha256(), part, arrived);
        } catch (FileNotFoundException e) {
            throw new MalformedModelException(
                    "%s: absent (expected: %d bytes) in %s"
                            .formatted(file.path(), file.size(), entry.folder()),
                    e);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
