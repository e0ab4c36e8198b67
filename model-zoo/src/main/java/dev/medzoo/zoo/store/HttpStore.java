package dev.medzoo.zoo.store;

import ai.djl.MalformedModelException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A store behind an http(s) address. It cannot list, so nothing but what a manifest names is ever
 * fetched. A redirect is followed, though never from https to http.
 */
public final class HttpStore implements Store {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WHOLE_FILE = Duration.ofMinutes(2);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

    private final URI root;

    /**
     * The store at an address.
     *
     * @param address of the folder that holds {@code index.json}
     */
    public HttpStore(URI address) {
        if (address.getHost() == null
                || address.getQuery() != null
                || address.getFragment() != null
                || address.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "store: %s (expected: http(s)://host/path)".formatted(address));
        }
        String text = address.toString();
        root = URI.create(text.endsWith("/") ? text : text + "/");
    }

    @Override
    public byte[] read(String path, int maxBytes) throws IOException, MalformedModelException {
        URI address = root.resolve(path);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(WHOLE_FILE).build();
        HttpResponse<byte[]> response =
                await(CLIENT.sendAsync(request, any -> new Bounded(maxBytes)), address);
        if (response.statusCode() != 200) {
            String message = "%s: status %d (expected: 200)";
            String text = message.formatted(address, response.statusCode());
            throw response.statusCode() == 404
                    ? new FileNotFoundException(text)
                    : new IOException(text);
        }
        return Store.bounded(response.body(), maxBytes, path, this);
    }

    @Override
    public Optional<Set<String>> list(String folder) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private static <T> T await(CompletableFuture<T> answer, URI address) throws IOException {
        try {
            return answer.get(WHOLE_FILE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(
                    "%s: no answer (expected: within %d s)"
                            .formatted(address, WHOLE_FILE.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException(address + ": interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "%s: no connection (expected: a server that answers): %s"
                            .formatted(address, e.getCause()),
                    e.getCause());
        }
    }

    /** A body in memory, given up as soon as it is larger than it may be. */
    private static final class Bounded implements BodySubscriber<byte[]> {
        private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
        private final CompletableFuture<Subscription> source = new CompletableFuture<>();
        private long left;

        Bounded(int maxBytes) {
            left = maxBytes;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source.complete(subscription);
            body.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            if (left < 0) {
                return;
            }
            left -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            body.onNext(buffers);
            if (left < 0) {
                source.join().cancel();
                body.onComplete();
            }
        }

        @Override
        public void onError(Throwable cause) {
            body.onError(cause);
        }

        @Override
        public void onComplete() {
            if (left >= 0) {
                body.onComplete();
            }
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body.getBody();
        }
    }
}
