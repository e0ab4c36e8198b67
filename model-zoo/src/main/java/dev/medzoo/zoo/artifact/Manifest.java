package dev.medzoo.zoo.artifact;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.PortablePath;
import dev.medzoo.zoo.format.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code manifest.json}: size and SHA-256 of every other file of an artifact. The digest of its
 * bytes is the artifact's identity.
 *
 * @param format of this record, {@value #FORMAT}
 * @param files sorted by path, without duplicates, also when case is ignored
 */
public record Manifest(int format, List<ManifestEntry> files) {
    /** The only format there is so far. */
    public static final int FORMAT = 1;

    /** Largest {@code manifest.json}. */
    public static final int LARGEST_BYTES = 1 << 20;

    static final int MOST_FILES = 256;
    static final long MOST_BYTES = 256L << 20;

    public Manifest {
        Artifact.checkFormat(format, FORMAT);
        files = List.copyOf(files);
        if (files.size() > MOST_FILES) {
            throw new IllegalArgumentException(
                    "files: %d (expected: at most %d)".formatted(files.size(), MOST_FILES));
        }
        long bytes = files.stream().mapToLong(ManifestEntry::size).sum();
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "files: %d bytes together (expected: at most %d)".formatted(bytes, MOST_BYTES));
        }
        for (int i = 1; i < files.size(); i++) {
            String before = files.get(i - 1).path();
            if (before.compareTo(files.get(i).path()) >= 0) {
                throw new IllegalArgumentException(
                        "files: %s after %s (expected: sorted, without duplicates)"
                                .formatted(files.get(i).path(), before));
            }
        }
        PortablePath.checkDistinct(files.stream().map(ManifestEntry::path).toList());
    }

    /** The manifest of these files, path to content. */
    public static Manifest of(Map<String, byte[]> files) {
        List<ManifestEntry> entries =
                new TreeMap<>(files)
                        .entrySet().stream()
                                .map(file -> ManifestEntry.of(file.getKey(), file.getValue()))
                                .toList();
        return new Manifest(FORMAT, entries);
    }

    /**
     * Reads {@code manifest.json}.
     *
     * @param where what it belongs to, for messages
     * @throws MalformedModelException naming the value that is wrong
     */
    public static Manifest parse(byte[] json, String where) throws MalformedModelException {
        return Json.read(json, Manifest.class, ArtifactFiles.MANIFEST, where);
    }

    /** The bytes of {@code manifest.json}: the same files give the same bytes. */
    public byte[] toBytes() {
        return Json.write(this);
    }

    /** The identity of an artifact with these files, {@code sha256:<hex>}. */
    public String digest() {
        return Sha256.digest(toBytes());
    }

    /** SHA-256 of every file it names and of its own bytes, by path. */
    public SortedMap<String, String> digests() {
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach(file -> digests.put(file.path(), file.sha256()));
        digests.put(ArtifactFiles.MANIFEST, Sha256.hex(toBytes()));
        return digests;
    }

    /** The files it names. */
    public Set<String> paths() {
        return files.stream().map(ManifestEntry::path).collect(Collectors.toSet());
    }

    /** What it says about one file. */
    public Optional<ManifestEntry> entry(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
