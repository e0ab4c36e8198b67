package dev.medzoo.serving.api;

import ai.djl.MalformedModelException;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.api.StoreNames.StoredFile;
import dev.medzoo.serving.http.ByteRange;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.Store;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /store/…}: serves the files of the server's own store as a static web server would, so
 * that other servers can use it as a store. Clients verify everything that they load.
 */
final class StoreRoutes implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(StoreRoutes.class);
    private static final int READERS = 64;

    /** Fraction of the heap for files being downloaded. */
    private static final int SHARE = 4;

    private final Supplier<Store> store;
    private final StoreNames names;
    private final StoreDownloads downloads;
    private final ExecutorService readers =
            Executors.newFixedThreadPool(
                    READERS,
                    task -> {
                        Thread thread = new Thread(task, "medzoo-store");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param downloadsOfOne maximum concurrent downloads per client
     */
    StoreRoutes(Supplier<Store> store, int downloadsOfOne) {
        this.store = store;
        this.names = new StoreNames(store, System::nanoTime);
        this.downloads =
                new StoreDownloads(downloadsOfOne, Runtime.getRuntime().maxMemory() / SHARE);
    }

    List<Route> all() {
        Set<String> methods = Set.of("GET", "HEAD");
        return List.of(
                new Route(Role.PREDICT, methods, "/store/{path...}", this::answer),
                new Route(Role.PREDICT, methods, "/store", this::answer));
    }

    private CompletableFuture<Reply> answer(Request request) throws RefusedException {
        String path = StorePath.of(request.path().subList(1, request.path().size()));
        String client = request.client();
        downloads.enter(client);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        readers.execute(
                () -> {
                    try {
                        reply.complete(read(path, request));
                    } catch (OutOfMemoryError e) {
                        downloads.leave(client);
                        reply.completeExceptionally(new RefusedException(Refusal.outOfMemory()));
                    } catch (Throwable e) {
                        downloads.leave(client);
                        reply.completeExceptionally(e);
                    }
                });
        return reply;
    }

    private Reply read(String path, Request request) throws RefusedException {
        StoredFile named = named(path);
        String sha256 = named.sha256();
        byte[] file = sha256 == null ? bytes(path, named.maxBytes()) : shared(path, named, sha256);
        Runnable done =
                () -> {
                    if (sha256 != null) {
                        downloads.release(sha256);
                    }
                    downloads.leave(request.client());
                };
        try {
            return reply(path, request, file, sha256, done);
        } catch (RefusedException e) {
            if (sha256 != null) {
                downloads.release(sha256);
            }
            throw e;
        }
    }

    /** Reads the whole file even for a range, so that all downloads share one copy. */
    private byte[] shared(String path, StoredFile named, String sha256) throws RefusedException {
        byte[] there = downloads.join(sha256);
        if (there != null) {
            return there;
        }
        downloads.checkRoom(named.maxBytes());
        byte[] file = bytes(path, named.maxBytes());
        if (!Sha256.hex(file).equals(sha256)) {
            logger.warn("not served: {} differs from its manifest", path);
            throw new RefusedException(Refusal.unknownPath());
        }
        return downloads.keep(sha256, file);
    }

    /**
     * @param sha256 of the file, or null when not computed
     */
    private static Reply reply(
            String path, Request request, byte[] file, @Nullable String sha256, Runnable done)
            throws RefusedException {
        String tag = "\"" + (sha256 == null ? Sha256.hex(file) : sha256) + "\"";
        Map<String, String> headers = new HashMap<>();
        headers.put("etag", tag);
        headers.put("accept-ranges", "bytes");
        headers.put("cache-control", StorePath.cacheControl(path));
        ByteRange range = range(request, tag, file.length);
        ByteBuffer body = ByteBuffer.wrap(file);
        if (range != null) {
            body.position(range.from()).limit(range.to());
            headers.put(
                    "content-range",
                    "bytes %d-%d/%d".formatted(range.from(), range.to() - 1, file.length));
        }
        int status = range == null ? 200 : 206;
        return new Reply(status, StorePath.contentType(path), body, headers, null, done);
    }

    private static @Nullable ByteRange range(Request request, String tag, int size)
            throws RefusedException {
        String condition = request.head().headers().get(HttpHeaderNames.IF_RANGE, tag);
        boolean applies = request.head().method().equals("GET") && condition.equals(tag);
        return applies
                ? ByteRange.of(request.head().headers().get(HttpHeaderNames.RANGE), size)
                : null;
    }

    private StoredFile named(String path) throws RefusedException {
        return fromStore(path, () -> names.find(path).orElseThrow(FileNotFoundException::new));
    }

    private byte[] bytes(String path, int maxBytes) throws RefusedException {
        byte[] file = fromStore(path, () -> store.get().read(path, maxBytes));
        if (path.equals(StoreIndex.FILE)) {
            names.seen(file);
        }
        return file;
    }

    /** What reads from the store. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException, MalformedModelException;
    }

    private <T> T fromStore(String path, Reading<T> reading) throws RefusedException {
        try {
            return reading.read();
        } catch (FileNotFoundException e) {
            throw new RefusedException(Refusal.unknownPath());
        } catch (MalformedModelException e) {
            logger.warn("not served: {}", e.getMessage());
            throw new RefusedException(Refusal.unknownPath());
        } catch (IOException e) {
            logger.warn("{} of {} cannot be read: {}", path, store.get(), e.toString());
            throw new RefusedException(
                    Refusal.later(
                            Kind.STORE_UNAVAILABLE,
                            "store: " + path + " cannot be read now",
                            Duration.ofSeconds(1)));
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
