package dev.medzoo.serving.audit;

import java.nio.file.Path;

/**
 * Everything that can be set about an audit log.
 *
 * @param file that is written to; its folder must be there
 * @param keyFile as {@link AuditKey#read} reads it
 * @param rotateAtBytes from which length on the file is put aside and a new one begun, at least
 *     4096; a file outgrows it by at most one group of lines
 * @param fsync whether a line counts as written only when it is on the disk; without, a power cut
 *     may take lines that were reported as written, the end of the process may not
 * @param queueSize events that may wait for the disk, at least 1; more are refused
 */
public record AuditSettings(
        Path file, Path keyFile, long rotateAtBytes, boolean fsync, int queueSize) {
    /** 64 MiB, some 100,000 events. */
    public static final long ROTATE_AT_BYTES = 64L << 20;

    /** What a disk writes in a second or less. */
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

    /** With all defaults: 64 MiB a file, to the disk each time. */
    public AuditSettings(Path file, Path keyFile) {
        this(file, keyFile, ROTATE_AT_BYTES, true, QUEUE_SIZE);
    }
}
