package dev.medzoo.zoo;

import dev.medzoo.zoo.format.Sha256;
import java.util.regex.Pattern;

/**
 * One file as a manifest names it.
 *
 * @param path inside the artifact's folder, with {@code /}; at most one folder deep
 * @param size in bytes, at most 64 MiB
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ManifestEntry(String path, long size, String sha256) {
    private static final String SEGMENT = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final Pattern PATH = Pattern.compile(SEGMENT + "(/" + SEGMENT + ")?");
    private static final int LONGEST_PATH = 128;

    public ManifestEntry {
        if (path.length() > LONGEST_PATH || !PATH.matcher(path).matches()) {
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
