package dev.medzoo.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * Keeps a second run from a candidate that one is writing: two would replace each other's
 * checkpoints. The lock is on {@code <out>.lock}, which is removed at the end; the system releases
 * it when the process dies.
 */
final class CandidateLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private CandidateLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a candidate's folder.
     *
     * @throws FileSystemException when another run has it
     */
    static CandidateLock take(Path out) throws IOException {
        Path file = out.toAbsolutePath().normalize().resolveSibling(out.getFileName() + ".lock");
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        while (true) {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean isMine = false;
            try {
                if (!isLocked(channel)) {
                    throw new FileSystemException(
                            out.toString(),
                            null,
                            "another training writes it (expected: one at a time, or another --out)");
                }
                isMine = isStillThere(file, channel);
            } finally {
                if (!isMine) {
                    channel.close();
                }
            }
            if (isMine) {
                return new CandidateLock(file, channel);
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Whether the one before has not removed the file since it was opened. */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        byte[] mark = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(mark), 0);
        try {
            return Arrays.equals(Files.readAllBytes(file), mark);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        }
    }
}
