package dev.medzoo.registry.oci;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/**
 * Versions of a store, its index and what lies beside the index, as one tar in the form of an OCI
 * image layout 1.1, which any OCI tool can copy to a registry and back.
 *
 * <p>The tar holds {@code oci-layout}, {@code index.json} (an OCI image index, not the store's) and
 * {@code blobs/sha256/<hex>}, in this order, the blobs in the order of their digests. Entries are
 * plain ustar with mode 0644, owner 0 and time 0, so that the same store gives the same bytes.
 *
 * <p>Each version is one OCI image manifest, and so are the store's own files. Each file is a layer
 * whose {@code org.opencontainers.image.title} is its path in the version's folder, or in the
 * store. The index names a version {@code name:version} and the store's own files {@code store}, in
 * {@code org.opencontainers.image.ref.name}. The configuration is OCI's empty one.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><td>a version, {@code artifactType}</td><td>{@code application/vnd.medzoo.artifact.v1}</td></tr>
 * <tr><td>the store, {@code artifactType}</td><td>{@code application/vnd.medzoo.store.v1}</td></tr>
 * <tr><td>{@code *.params}</td><td>{@code application/vnd.medzoo.params.v1}, DJL's format</td></tr>
 * <tr><td>{@code *.f32}</td><td>{@code application/vnd.medzoo.f32.v1}, little-endian</td></tr>
 * <tr><td>{@code *.json}</td><td>{@code application/json}</td></tr>
 * <tr><td>{@code *.sig}</td><td>{@code application/vnd.dev.sigstore.bundle.v0.3+json}</td></tr>
 * <tr><td>{@code *.png}</td><td>{@code image/png}</td></tr>
 * <tr><td>{@code *.properties}, {@code *.txt}</td><td>{@code text/plain}</td></tr>
 * <tr><td>anything else</td><td>{@code application/octet-stream}</td></tr>
 * </table>
 */
public final class OciTar {
    private OciTar() {}

    /** What is exported when nobody chooses: every version that is not revoked. */
    public static List<IndexEntry> usable(StoreIndex index) {
        return index.artifacts().entrySet().stream()
                .flatMap(
                        name ->
                                name.getValue().stream()
                                        .filter(published -> published.revoked() == null)
                                        .map(one -> entry(name.getKey(), one)))
                .toList();
    }

    private static IndexEntry entry(String name, StoreIndex.Published published) {
        return new IndexEntry(name, published.version(), published.digest());
    }

    /**
     * Writes a tar. Every file is checked against its version's manifest on the way.
     *
     * @param index the bytes of the store's {@code index.json}
     * @param versions to take along, in any order
     * @param beside the paths below the store of what else to take along: {@code
     *     signatures/<SHA-256 of index.json>.json}, {@code history/<SHA-256>.json}, and in the
     *     folders of those versions the signatures, which no manifest names
     * @param to is left open
     * @throws MalformedModelException when a file is not what its manifest, or a manifest not what
     *     the version's digest says
     * @throws IllegalArgumentException for any other path beside
     */
    public static void write(
            Store source,
            byte[] index,
            Collection<IndexEntry> versions,
            Collection<String> beside,
            OutputStream to)
            throws IOException, MalformedModelException {
        new OciWriter(source, beside).write(index, versions, to);
    }

    /**
     * Reads a tar, in whatever order its entries are. Nothing in it is trusted: entries of other
     * names and kinds, blobs that are not what their name says or that nothing refers to, and
     * anything twice are refused. Never more than one blob is in memory. A file may have 64 MiB, a
     * tar 65,536 entries and 16 GiB in all, also when many files share a blob.
     *
     * @param where the tar, for messages
     * @param spool an empty folder, which the caller deletes, also after a refusal
     * @return the store's files: path below the store to the file in the spool
     * @throws MalformedModelException naming what is wrong with the content
     * @throws IOException when the tar cannot be read or the spool cannot be written
     */
    public static SortedMap<String, Path> read(InputStream from, String where, Path spool)
            throws IOException, MalformedModelException {
        return new OciReader(Limits.DEFAULT, where, spool).read(from);
    }

    /** {@code name:version}, as OCI refers to a version. */
    static String refName(String name, Object version) {
        return name + ":" + version;
    }

    /** The version that such a name means. */
    static ModelReference reference(String refName) {
        ModelReference reference = ModelReference.parse(refName.replaceFirst(":", "/"));
        if (reference.version() == null || !refName.contains(":")) {
            throw new IllegalArgumentException(
                    "ref.name: %s (expected: name:version)".formatted(refName));
        }
        return reference;
    }
}
