package dev.medzoo.zoo.store;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Gives a body to a {@link Sink} as it comes, and gives it up as soon as the sink has enough. A
 * server that begins at the first byte though a later one was asked for costs time alone: what
 * comes before that one is dropped.
 */
final class HttpBody implements BodySubscriber<HttpBody> {
    private final long from;
    private final Sink sink;
    private final CompletableFuture<HttpBody> completed = new CompletableFuture<>();
    private @Nullable Subscription source;
    private @Nullable IOException broken;
    private boolean accepted;
    private @Nullable CompressedResponse packed;
    private boolean stopped;
    private long drop;
    private long arrived;

    HttpBody(long from, Sink sink) {
        this.from = from;
        this.sink = sink;
    }

    /**
     * Looks at an answer's head: only the file itself, from the right byte on, reaches the sink.
     */
    synchronized BodySubscriber<HttpBody> begin(ResponseInfo head) {
        String range = head.headers().firstValue("content-range").orElse("");
        boolean partial = head.statusCode() == 206 && from > 0;
        try {
            packed =
                    CompressedResponse.of(
                            head.headers().firstValue("content-encoding").orElse("identity"));
        } catch (IOException e) {
            broken = e;
            stop();
        }
        // A part of what is packed is no part of what is in it.
        accepted =
                partial
                        ? packed == null && range.startsWith("bytes " + from + "-")
                        : head.statusCode() == 200;
        drop = partial ? 0 : from;
        return this;
    }

    /** Whether the answer was the file from the right byte on. */
    synchronized boolean isAccepted() {
        return accepted;
    }

    /** Bytes so far, dropped ones too. */
    synchronized long arrived() {
        return arrived;
    }

    /** From here on the sink gets nothing. */
    synchronized void stop() {
        stopped = true;
        if (source != null) {
            source.cancel();
        }
        completed.complete(this);
    }

    /** Throws what the sink threw. */
    synchronized void rethrow() throws IOException {
        if (broken != null) {
            throw broken;
        }
    }

    @Override
    public synchronized void onSubscribe(Subscription subscription) {
        source = subscription;
        if (stopped) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (!stopped && !take(buffer)) {
                stop();
            }
        }
    }

    private boolean take(ByteBuffer buffer) {
        arrived += buffer.remaining();
        if (packed == null || !accepted) {
            return give(buffer);
        }
        try {
            packed.add(buffer);
            return true;
        } catch (IOException e) {
            broken = e;
            return false;
        }
    }

    private boolean give(ByteBuffer buffer) {
        int dropped = (int) Math.min(drop, buffer.remaining());
        drop -= dropped;
        buffer.position(buffer.position() + dropped);
        try {
            return accepted && sink.take(buffer);
        } catch (IOException e) {
            broken = e;
            return false;
        }
    }

    @Override
    public void onError(Throwable cause) {
        completed.completeExceptionally(cause);
    }

    @Override
    public synchronized void onComplete() {
        try {
            if (packed != null && accepted && !stopped) {
                packed.unpack(this::give);
            }
        } catch (IOException e) {
            broken = e;
        }
        completed.complete(this);
    }

    @Override
    public CompletionStage<HttpBody> getBody() {
        return completed;
    }
}
