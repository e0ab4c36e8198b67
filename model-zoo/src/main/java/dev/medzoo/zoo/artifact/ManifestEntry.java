package dev.medzoo.zoo.artifact;

import dev.medzoo.zoo.format.PortablePath;
import dev.medzoo.zoo.format.Sha256;

/**
 * One file of a manifest.
 *
 * @param path inside the artifact's folder, a {@link PortablePath}
 * @param size in bytes, at most 64 MiB
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ManifestEntry(String path, long size, String sha256) {
    public ManifestEntry {
        if (!PortablePath.isFile(path)) {
            throw new IllegalArgumentException(
                    "path: %s (expected: a file inside the artifact's folder)".formatted(path));
        }
        if (size < 0 || size > ArtifactFiles.LARGEST_FILE_BYTES) {
            throw new IllegalArgumentException(
                    "size: %d of %s (expected: 0..%d)"
                            .formatted(size, path, ArtifactFiles.LARGEST_FILE_BYTES));
        }
        Sha256.checkHex(sha256);
    }

    static ManifestEntry of(String path, byte[] content) {
        return new ManifestEntry(path, content.length, Sha256.hex(content));
    }
}
