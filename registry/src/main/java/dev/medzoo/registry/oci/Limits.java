package dev.medzoo.registry.oci;

import dev.medzoo.zoo.artifact.ArtifactFiles;

/**
 * How large a tar may be.
 *
 * @param fileBytes of one entry
 * @param totalBytes of all entries together, and of all files that they become
 * @param entries how many
 */
record Limits(int fileBytes, long totalBytes, int entries) {
    static final Limits DEFAULT = new Limits(ArtifactFiles.LARGEST_FILE_BYTES, 16L << 30, 1 << 16);
}
