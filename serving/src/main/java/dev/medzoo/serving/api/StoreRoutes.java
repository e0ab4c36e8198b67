package dev.medzoo.serving.api;

import ai.djl.MalformedModelException;
import dev.medzoo.serving.http.Access;
import dev.medzoo.serving.http.ByteRange;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.zoo.ArtifactFiles;
import dev.medzoo.zoo.format.Sha256;
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
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /store/…}: the files of the server's own store, as any web server would serve them, so
 * that a running server is a store for others. Who loads from it verifies everything; nothing is
 * vouched for here.
 */
final class StoreRoutes implements AutoCloseable {
    /** Files in memory at a time, from the first byte read to the last one written. */
    static final int MOST_AT_ONCE = 8;

    private static final Logger logger = LoggerFactory.getLogger(StoreRoutes.class);

    private final Supplier<Store> store;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService readers =
            Executors.newFixedThreadPool(
                    MOST_AT_ONCE,
                    task -> {
                        Thread thread = new Thread(task, "medzoo-store");
                        thread.setDaemon(true);
                        return thread;
                    });

    StoreRoutes(Supplier<Store> store) {
        this.store = store;
    }

    List<Route> all() {
        Set<String> methods = Set.of("GET", "HEAD");
        return List.of(
                new Route(Access.PREDICT, methods, "/store/{path...}", this::answer),
                new Route(Access.PREDICT, methods, "/store", this::answer));
    }

    private CompletableFuture<Reply> answer(Request request) throws RefusedException {
        String path = StorePath.of(request.path().subList(1, request.path().size()));
        if (!room.tryAcquire()) {
            throw new RefusedException(
                    Refusal.later(
                            Kind.STORE_UNAVAILABLE,
                            "store: %d files on their way (expected: fewer)"
                                    .formatted(MOST_AT_ONCE),
                            Duration.ofSeconds(1)));
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        readers.execute(
                () -> {
                    try {
                        reply.complete(read(path, request));
                    } catch (OutOfMemoryError e) {
                        room.release();
                        reply.completeExceptionally(new RefusedException(Refusal.outOfMemory()));
                    } catch (Throwable e) {
                        room.release();
                        reply.completeExceptionally(e);
                    }
                });
        return reply;
    }

    private Reply read(String path, Request request) throws RefusedException {
        byte[] file = bytes(path);
        String tag = "\"" + Sha256.hex(file) + "\"";
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
        return new Reply(status, StorePath.contentType(path), body, headers, null, room::release);
    }

    private static @Nullable ByteRange range(Request request, String tag, int size)
            throws RefusedException {
        String condition = request.head().headers().get(HttpHeaderNames.IF_RANGE, tag);
        boolean applies = request.head().method().equals("GET") && condition.equals(tag);
        return applies
                ? ByteRange.of(request.head().headers().get(HttpHeaderNames.RANGE), size)
                : null;
    }

    private byte[] bytes(String path) throws RefusedException {
        Store now = store.get();
        try {
            return now.read(path, ArtifactFiles.LARGEST_FILE_BYTES);
        } catch (FileNotFoundException e) {
            throw new RefusedException(Refusal.unknownPath());
        } catch (MalformedModelException e) {
            logger.warn("not handed out: {}", e.getMessage());
            throw new RefusedException(Refusal.unknownPath());
        } catch (IOException e) {
            logger.warn("{} of {} cannot be read", path, now, e);
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
