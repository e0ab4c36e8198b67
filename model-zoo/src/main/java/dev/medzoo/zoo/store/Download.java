package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * The download of one file from a {@link RemoteStore} into a partial file in the cache. It only
 * appends, so that the next attempt can resume.
 */
final class Download {
    private final RemoteStore store;
    private final String folder;
    private final String path;
    private final long size;
    private final String sha256;
    private final Path part;
    private final LongConsumer arrived;
    private final RetryClock time;

    Download(
            RemoteStore store,
            String folder,
            String path,
            long size,
            String sha256,
            Path part,
            LongConsumer arrived,
            RetryClock time) {
        this.store = store;
        this.folder = folder;
        this.path = path;
        this.size = size;
        this.sha256 = sha256;
        this.part = part;
        this.arrived = arrived;
        this.time = time;
    }

    /**
     * Completes the partial file. If its digest is wrong, it is fetched once more from the start.
     */
    void run() throws IOException, MalformedModelException {
        Retry retry = new Retry(time);
        if (isRightAfter(retry)) {
            return;
        }
        Files.deleteIfExists(part);
        fill(retry);
        byte[] bytes = Files.readAllBytes(part);
        if (bytes.length != size || !Sha256.hex(bytes).equals(sha256)) {
            Files.delete(part);
            throw new MalformedModelException(wrong(bytes));
        }
    }

    private boolean isRightAfter(Retry retry) throws IOException {
        try {
            fill(retry);
            return length() == size && Sha256.hex(Files.readAllBytes(part)).equals(sha256);
        } catch (RangeException e) {
            return false;
        }
    }

    private String wrong(byte[] bytes) {
        return bytes.length > size
                ? "%s: more than %d bytes (expected: that many) in %s".formatted(path, size, folder)
                : "%s: sha256 %s (expected: %s) in %s"
                        .formatted(path, Sha256.hex(bytes), sha256, folder);
    }

    private void fill(Retry retry) throws IOException {
        long before = length();
        while (before < size || !Files.exists(part)) {
            try {
                append(before);
            } catch (TransientException e) {
                if (length() > before) {
                    retry.progressed();
                }
                if (length() < size) {
                    retry.after(e);
                }
            }
            before = length();
        }
    }

    private void append(long from) throws IOException {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            if (size > 0) {
                store.send(folder + "/" + path, from, bytes -> take(bytes, channel));
            }
        }
        if (length() < size) {
            throw new TransientException(
                    "%s/%s: ended after %d bytes (expected: %d) in %s"
                            .formatted(folder, path, length(), size, store),
                    (Throwable) null);
        }
    }

    /** One excess byte proves that the file is wrong. */
    private boolean take(ByteBuffer bytes, FileChannel channel) throws IOException {
        long room = size + 1 - channel.size();
        if (bytes.remaining() > room) {
            bytes.limit(bytes.position() + (int) room);
        }
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        arrived.accept(channel.size());
        return channel.size() <= size;
    }

    private long length() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }
}
