package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.NamedWrite;
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
    private final String path;
    private final long least;
    private final long most;
    private final String sha256;
    private final Path part;
    private final LongConsumer arrived;
    private final RetryClock time;

    /**
     * @param path below the store
     * @param least bytes that it has; fewer are a connection that broke
     * @param most bytes that it has; the same as the least where its size is known
     * @param sha256 64 digits that it must have
     */
    Download(
            RemoteStore store,
            String path,
            long least,
            long most,
            String sha256,
            Path part,
            LongConsumer arrived,
            RetryClock time) {
        this.store = store;
        this.path = path;
        this.least = least;
        this.most = most;
        this.sha256 = sha256;
        this.part = part;
        this.arrived = arrived;
        this.time = time;
    }

    /**
     * Completes the partial file. If its digest is wrong, it is fetched once more from the start.
     *
     * @param where it is from, for messages
     */
    void run(String where) throws IOException, MalformedModelException {
        Retry retry = new Retry(time);
        if (isRightAfter(retry)) {
            return;
        }
        Files.deleteIfExists(part);
        fill(retry);
        if (!isRight()) {
            String fault = wrong(where);
            Files.delete(part);
            throw new MalformedModelException(fault);
        }
    }

    private boolean isRightAfter(Retry retry) throws IOException {
        try {
            fill(retry);
            return isRight();
        } catch (RangeException e) {
            return false;
        }
    }

    private boolean isRight() throws IOException {
        long length = length();
        return length >= least && length <= most && Sha256.hex(part).equals(sha256);
    }

    private String wrong(String where) throws IOException {
        String name = path.startsWith(where + "/") ? path.substring(where.length() + 1) : path;
        return length() > most
                ? "%s: more than %d bytes (expected: %s) in %s"
                        .formatted(name, most, isSized() ? "that many" : "at most that", where)
                : "%s: sha256 %s (expected: %s) in %s"
                        .formatted(name, Sha256.hex(part), sha256, where);
    }

    private void fill(Retry retry) throws IOException {
        boolean whole = isWhole();
        while (!whole) {
            long before = length();
            try {
                append(before);
                whole = true;
            } catch (TransientException e) {
                if (length() > before) {
                    retry.progressed();
                }
                whole = isWhole();
                if (!whole) {
                    retry.after(e);
                }
            }
        }
    }

    /** Whether nothing is left to ask for: where the size is not known, the digest tells. */
    private boolean isWhole() throws IOException {
        return Files.exists(part) && (isSized() ? length() >= least : isRight());
    }

    private boolean isSized() {
        return least == most;
    }

    private void append(long from) throws IOException {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            if (most > 0) {
                store.send(path, from, bytes -> take(bytes, channel));
            }
        }
        if (length() < least) {
            throw new TransientException(
                    "%s: ended after %d bytes (expected: %d) in %s"
                            .formatted(path, length(), least, store),
                    (Throwable) null);
        }
    }

    /** One excess byte proves that the file is wrong. */
    private boolean take(ByteBuffer bytes, FileChannel channel) throws IOException {
        long room = most + 1 - channel.size();
        if (bytes.remaining() > room) {
            bytes.limit(bytes.position() + (int) room);
        }
        NamedWrite.to(
                part,
                () -> {
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                });
        arrived.accept(channel.size());
        return channel.size() <= most;
    }

    private long length() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }
}
