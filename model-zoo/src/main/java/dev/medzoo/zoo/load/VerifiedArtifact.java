package dev.medzoo.zoo.load;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ManifestEntry;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.sign.ModelSignature;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An artifact with a verified manifest. Every file is verified against the manifest when it is
 * read.
 */
public final class VerifiedArtifact {
    private final Store store;
    private final String folder;
    private final String where;
    private final String digest;
    private final Manifest manifest;

    private VerifiedArtifact(
            Store store, String folder, String where, @Nullable String expected, TrustPolicy trust)
            throws IOException, MalformedModelException {
        this.store = store;
        this.folder = folder;
        this.where = where;
        byte[] json = read(ArtifactFiles.MANIFEST, Manifest.LARGEST_BYTES, "a manifest");
        digest = Sha256.digest(json);
        if (expected != null && !expected.equals(digest)) {
            throw new MalformedModelException(
                    "%s: %s (expected: %s) in %s"
                            .formatted(ArtifactFiles.MANIFEST, digest, expected, where));
        }
        manifest = Manifest.parse(json, where);
        if (!Arrays.equals(manifest.toBytes(), json)) {
            throw new MalformedModelException(
                    "%s: not in canonical form (expected: as medzoo writes it) in %s"
                            .formatted(ArtifactFiles.MANIFEST, where));
        }
        checkSignature(trust);
    }

    /** An artifact in a store's index. */
    static VerifiedArtifact of(Store store, IndexEntry entry, TrustPolicy trust)
            throws IOException, MalformedModelException {
        String folder = entry.folder();
        return new VerifiedArtifact(store, folder + "/", folder, entry.digest(), trust);
    }

    /** An artifact without signature check, because it is about to be signed again. */
    public static VerifiedArtifact unsigned(Store store, IndexEntry entry)
            throws IOException, MalformedModelException {
        return of(store, entry, TrustPolicy.none());
    }

    /**
     * An artifact's folder outside a store.
     *
     * @param digest expected digest of its manifest, or null when unknown
     */
    public static VerifiedArtifact ofFolder(Path folder, @Nullable String digest, TrustPolicy trust)
            throws IOException, MalformedModelException {
        FolderStore store = new FolderStore(folder);
        return new VerifiedArtifact(store, "", folder.toString(), digest, trust);
    }

    /** Its identity, {@code sha256:<hex>}. */
    public String digest() {
        return digest;
    }

    /** The bytes of {@value ModelSignature#FILE}, or empty when unsigned. */
    public Optional<byte[]> signature() throws IOException, MalformedModelException {
        try {
            return Optional.of(
                    store.read(folder + ModelSignature.FILE, ModelSignature.LARGEST_BYTES));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Its manifest. */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * Reads and verifies one file.
     *
     * @throws MalformedModelException when it is absent or differs from the manifest
     */
    public byte[] file(String path) throws IOException, MalformedModelException {
        ManifestEntry entry =
                manifest.entry(path)
                        .orElseThrow(
                                () ->
                                        new MalformedModelException(
                                                "%s: not in manifest.json (expected: named) in %s"
                                                        .formatted(path, where)));
        byte[] bytes = read(entry);
        check(entry, Sha256.hex(bytes));
        return bytes;
    }

    private byte[] read(ManifestEntry entry) throws IOException, MalformedModelException {
        String path = entry.path();
        byte[] bytes =
                read(path, ArtifactFiles.LARGEST_FILE_BYTES, "%d bytes".formatted(entry.size()));
        if (bytes.length != entry.size()) {
            throw new MalformedModelException(
                    "%s: %d bytes (expected: %d) in %s"
                            .formatted(path, bytes.length, entry.size(), where));
        }
        return bytes;
    }

    private void check(ManifestEntry entry, String sha256) throws MalformedModelException {
        if (!sha256.equals(entry.sha256())) {
            throw new MalformedModelException(
                    "%s: sha256 %s (expected: %s) in %s"
                            .formatted(entry.path(), sha256, entry.sha256(), where));
        }
    }

    /**
     * Reads and verifies all files.
     *
     * @throws MalformedModelException naming the file that was changed, is missing or does not
     *     belong there
     */
    public ArtifactContent content() throws IOException, MalformedModelException {
        refuseExtraFiles();
        Artifact artifact = Artifact.parse(file(ArtifactFiles.ARTIFACT), where);
        ArtifactFiles.checkAllowed(artifact.name(), manifest.paths(), where);
        Map<String, byte[]> files = new TreeMap<>();
        for (ManifestEntry entry : manifest.files()) {
            files.put(entry.path(), read(entry));
        }
        // On all cores, as a program that has just started takes its time to hash.
        Map<String, String> digests =
                files.entrySet().parallelStream()
                        .collect(
                                Collectors.toConcurrentMap(
                                        Map.Entry::getKey, each -> Sha256.hex(each.getValue())));
        for (ManifestEntry entry : manifest.files()) {
            check(entry, Objects.requireNonNull(digests.get(entry.path())));
        }
        ArtifactContent content = ArtifactContent.of(artifact, files, where);
        String own = artifact.name() + "/" + artifact.version();
        if (!folder.isEmpty() && !where.equals(own)) {
            throw new MalformedModelException(
                    "%s: %s (expected: the index's name and version) in %s"
                            .formatted(ArtifactFiles.ARTIFACT, own, where));
        }
        return content;
    }

    private void refuseExtraFiles() throws IOException, MalformedModelException {
        Set<String> extra = new TreeSet<>(store.list(folder).orElse(Set.of()));
        extra.removeAll(manifest.paths());
        extra.remove(ArtifactFiles.MANIFEST);
        extra.remove(ModelSignature.FILE);
        extra.remove(ArtifactFiles.GOLDEN_FOLDER);
        ArtifactFiles.passOverStray(extra, where);
        if (!extra.isEmpty()) {
            throw new MalformedModelException(
                    "%s: not in manifest.json (expected: only what it names) in %s"
                            .formatted(extra, where));
        }
    }

    private void checkSignature(TrustPolicy trust) throws IOException, MalformedModelException {
        if (!trust.demanded()) {
            return;
        }
        byte[] signature =
                signature()
                        .orElseThrow(
                                () ->
                                        new MalformedModelException(
                                                "%s: absent (expected: signed by a signer in the trust file) in %s"
                                                        .formatted(ModelSignature.FILE, where)));
        String name = Artifact.parse(file(ArtifactFiles.ARTIFACT), where).name();
        trust.verifyArtifact(signature, name, manifest.digests(), where);
    }

    private byte[] read(String path, int maxBytes, String expected)
            throws IOException, MalformedModelException {
        try {
            return store.read(folder + path, maxBytes);
        } catch (FileNotFoundException e) {
            throw new MalformedModelException(
                    "%s: absent (expected: %s) in %s".formatted(path, expected, where), e);
        }
    }
}
