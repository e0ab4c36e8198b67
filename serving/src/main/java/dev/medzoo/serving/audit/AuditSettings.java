package dev.medzoo.serving.audit;

import java.nio.file.Path;

/**
 * Settings of an audit log.
 *
 * @param file to write; its folder must exist
 * @param keyFile as {@link AuditKey#read} reads it
 * @param rotateAtBytes size at which the file is rotated, at least 4096; a file exceeds it by at
 *     most one group of lines
 * @param fsync whether a line counts as written only when it is on the disk; without, a power cut
 *     may take lines that were reported as written, the end of the process may not
 * @param queueSize events that may wait for the disk, at least 1; more are refused
 */
public record AuditSettings(
        Path file, Path keyFile, long rotateAtBytes, boolean fsync, int queueSize) {
    /** 64 MiB, some 100,000 events. */
    public static final long ROTATE_AT_BYTES = 64L << 20;

    /** About what a disk writes in a second. */
    public static final int QUEUE_SIZE = 4096;

    private static final long LEAST_BYTES = 4096;

    public AuditSettings {
        if (file.getFileName() == null) {
            throw new IllegalArgumentException("audit file: " + file + " (expected: a file)");
        }
        if (rotateAtBytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "rotate at: %d bytes (expected: at least %d)"
                            .formatted(rotateAtBytes, LEAST_BYTES));
        }
        if (queueSize < 1) {
            throw new IllegalArgumentException(
                    "audit queue: " + queueSize + " (expected: at least 1)");
        }
    }

    /** All defaults: rotation at 64 MiB, fsync for each group. */
    public AuditSettings(Path file, Path keyFile) {
        this(file, keyFile, ROTATE_AT_BYTES, true, QUEUE_SIZE);
    }
}
