package dev.medzoo.registry;

import ai.djl.ModelException;
import ai.djl.util.Utils;
import dev.medzoo.registry.oci.OciTar;
import dev.medzoo.zoo.index.HistoryEntry;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.sign.ModelSignature;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.Store;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A whole store as one file, for a site without network access. */
public final class StoreArchive {
    private final Path tar;

    /** The archive in a file. */
    public StoreArchive(Path tar) {
        this.tar = tar.toAbsolutePath();
    }

    /**
     * Writes every version that is not revoked, the index, its signature and the history. The same
     * store gives the same bytes.
     *
     * @return what is in the archive
     * @throws FileAlreadyExistsException when the file is there
     */
    public List<IndexEntry> write(Store source) throws IOException, ModelException {
        if (Files.exists(tar)) {
            throw new FileAlreadyExistsException(tar.toString());
        }
        VerifiedStore.Reading reading = VerifiedStore.of(source).reading();
        byte[] json = source.read(StoreIndex.FILE, StoreIndex.LARGEST_BYTES);
        StoreIndex index = reading.accept(json);
        List<IndexEntry> versions = OciTar.usable(index);
        Path fresh = tar.resolveSibling(tar.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh))) {
                OciTar.write(source, json, versions, beside(source, json, index, versions), out);
            }
            Files.move(fresh, tar, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return versions;
    }

    /** The signatures that are there, and the history. */
    private static List<String> beside(
            Store source, byte[] json, StoreIndex index, List<IndexEntry> versions)
            throws IOException, ModelException {
        List<String> paths = new ArrayList<>();
        for (String digest : History.read(source, index).digests()) {
            paths.add(HistoryEntry.path(digest));
        }
        List<String> signatures = new ArrayList<>(List.of(StoreIndex.signaturePath(json)));
        versions.forEach(entry -> signatures.add(entry.folder() + "/" + ModelSignature.FILE));
        for (String path : signatures) {
            try {
                source.read(path, ModelSignature.LARGEST_BYTES);
                paths.add(path);
            } catch (FileNotFoundException e) {
                // Never signed; where signatures are demanded, it was refused above.
            }
        }
        return paths;
    }

    /**
     * Synchronises a store with the archive, as {@link Mirror} does.
     *
     * @return the versions that the store lacked
     */
    public List<IndexEntry> readInto(WritableStore target) throws IOException, ModelException {
        Path work = Files.createTempDirectory("medzoo-import");
        try {
            Path spool = Files.createDirectory(work.resolve("spool"));
            Path folder = Files.createDirectory(work.resolve("store"));
            try (InputStream in = new BufferedInputStream(Files.newInputStream(tar))) {
                for (Map.Entry<String, Path> file :
                        OciTar.read(in, tar.toString(), spool).entrySet()) {
                    Path path = folder.resolve(file.getKey());
                    Files.createDirectories(Objects.requireNonNull(path.getParent()));
                    Files.copy(file.getValue(), path);
                }
            }
            Store unpacked = new FolderStore(folder);
            List<IndexEntry> copied = new Mirror(unpacked, target).run();
            VerifiedStore.of(unpacked).forget();
            return copied;
        } finally {
            Utils.deleteQuietly(work);
        }
    }
}
