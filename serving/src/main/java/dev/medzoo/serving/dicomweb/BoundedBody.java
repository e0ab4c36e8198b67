package dev.medzoo.serving.dicomweb;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A response body with a maximum size. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final int most;
    private final List<ByteBuffer> parts = new ArrayList<>();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private int size;

    /** The failure of a body that is too large. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLargeException(int most) {
            super("over %d bytes (expected: at most that)".formatted(most));
        }
    }

    /**
     * @param most bytes
     */
    BoundedBody(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription started) {
        subscription = started;
        started.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer each : buffers) {
            if (each.remaining() > most - size) {
                if (subscription != null) {
                    subscription.cancel();
                }
                parts.clear();
                body.completeExceptionally(new TooLargeException(most));
                return;
            }
            size += each.remaining();
            parts.add(each);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        if (!body.isDone()) {
            ByteBuffer joined = ByteBuffer.allocate(size);
            parts.forEach(joined::put);
            body.complete(joined.array());
        }
    }
}
