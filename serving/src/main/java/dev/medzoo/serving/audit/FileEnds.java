package dev.medzoo.serving.audit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The first and the last line of a file, read without the lines between. */
final class FileEnds implements AutoCloseable {
    private static final byte LINE_BREAK = '\n';

    private final FileChannel channel;

    private FileEnds(FileChannel channel) {
        this.channel = channel;
    }

    static FileEnds of(Path file) throws IOException {
        return new FileEnds(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** Bytes up to the last line break and with it; behind them is a torn line. */
    long completeLength() throws IOException {
        long end = channel.size();
        while (end > 0) {
            long start = Math.max(0, end - MacChain.MOST_BYTES);
            int found = lastBreak(bytes(start, end));
            if (found >= 0) {
                return start + found + 1;
            }
            end = start;
        }
        return 0;
    }

    /** The first line, or as much of it as a line may have; without its line break. */
    byte[] first() throws IOException {
        byte[] bytes = bytes(0, Math.min(channel.size(), MacChain.MOST_BYTES));
        int end = 0;
        while (end < bytes.length && bytes[end] != LINE_BREAK) {
            end++;
        }
        return Arrays.copyOf(bytes, end);
    }

    /** The last complete line, or as much of it as a line may have; without its line break. */
    byte[] last() throws IOException {
        long end = Math.max(0, completeLength() - 1);
        byte[] bytes = bytes(Math.max(0, end - MacChain.MOST_BYTES), end);
        return Arrays.copyOfRange(bytes, lastBreak(bytes) + 1, bytes.length);
    }

    private static int lastBreak(byte[] bytes) {
        int i = bytes.length - 1;
        while (i >= 0 && bytes[i] != LINE_BREAK) {
            i--;
        }
        return i;
    }

    private byte[] bytes(long start, long end) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end - start));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("shorter than a moment ago");
            }
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
