package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A store at the other end of a network, asked once a call: a {@link CachedStore} around it tries
 * again, resumes and keeps copies.
 */
sealed interface RemoteStore extends Store permits HttpStore, S3Store {
    /**
     * Sends a file's bytes from one on to its end.
     *
     * @param path below the store
     * @param from the first byte wanted
     * @throws java.io.FileNotFoundException when it is not there
     * @throws RangeException when it cannot begin at that byte
     * @throws TransientException when it broke off, with what came before in the sink, or when it
     *     did not begin for a reason that may pass
     */
    void send(String path, long from, Sink sink) throws IOException;

    @Override
    default byte[] read(String path, int maxBytes) throws IOException, MalformedModelException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        send(
                path,
                0,
                bytes -> {
                    byte[] next = new byte[bytes.remaining()];
                    bytes.get(next);
                    body.writeBytes(next);
                    return body.size() <= maxBytes;
                });
        return Store.bounded(body.toByteArray(), maxBytes, path, this);
    }
}
