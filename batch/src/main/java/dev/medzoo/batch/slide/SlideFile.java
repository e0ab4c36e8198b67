package dev.medzoo.batch.slide;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is read by parts, each at its place, and never as a whole. Thread safe. Every part is
 * checked to lie inside the file before memory is taken for it.
 */
final class SlideFile implements Closeable {
    private final Path path;
    private final FileChannel channel;
    private final long length;

    private SlideFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        length = channel.size();
    }

    static SlideFile open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "a folder (expected: a slide)");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new FileSystemException(
                    path.toString(), null, "no file that can be read by parts (expected: a slide)");
        }
        return new SlideFile(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    Path path() {
        return path;
    }

    /** In bytes. */
    long length() {
        return length;
    }

    /**
     * Reads a part.
     *
     * @param what it is, for the message
     * @throws SlideException if it is not wholly inside the file
     */
    byte[] read(long at, long bytes, String what) throws IOException {
        check(at, bytes, what);
        check(at, bytes, what);
        ByteBuffer part = ByteBuffer.allocate(Math.toIntExact(bytes));
        while (part.hasRemaining()) {
            if (channel.read(part, at + part.position()) < 0) {
                throw cut(at, bytes, what);
            }
        }
        return part.array();
    }

    /** Refuses a part that is not wholly inside the file. */
    void check(long at, long bytes, String what) throws SlideException {
        if (at < 0 || bytes < 0 || at > length || bytes > length - at) {
            throw cut(at, bytes, what);
        }
    }

    private SlideException cut(long at, long bytes, String what) {
        return refused(
                "truncated: %s, %d bytes at %d (expected: inside the file's %d bytes)"
                        .formatted(what, bytes, at, length));
    }

    /** An exception about this file. */
    SlideException refused(String fault) {
        return new SlideException(path, fault);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
