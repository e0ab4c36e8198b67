package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.BoundedBody.TooLargeException;
import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server only, with limits on response size and time. A single bad instance
 * must not block the others, so only a failure to connect counts as a failure of the server.
 * Messages name the service but no URL, since URLs contain UIDs.
 */
final class Connection {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> KEEPING_METHOD = Set.of(307, 308);
    private static final Set<Integer> ELSEWHERE = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final Credentials credentials;
    private final Duration timeout;

    /** Supplies credentials. */
    @FunctionalInterface
    interface Credentials {
        /** The value of {@code Authorization}, read anew for each request. */
        Optional<String> header() throws NodeException;
    }

    /**
     * @param tls trusted authorities, or null for Java's default
     * @param timeout of a complete response
     */
    Connection(@Nullable SSLContext tls, Credentials credentials, Duration timeout) {
        HttpClient.Builder building =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER);
        client = (tls == null ? building : building.sslContext(tls)).build();
        this.credentials = credentials;
        this.timeout = timeout;
    }

    /**
     * Sends a GET request.
     *
     * @param service for messages, such as {@code QIDO-RS}
     * @param most maximum bytes of the response
     */
    HttpResponse<byte[]> get(String service, URI address, String accept, int most)
            throws NodeException {
        return follow(
                service, address, HttpRequest.newBuilder().GET().header("Accept", accept), most);
    }

    /** Sends a POST request. */
    HttpResponse<byte[]> post(
            String service, URI address, String type, byte[] body, String accept, int most)
            throws NodeException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofByteArray(body))
                        .header("Content-Type", type)
                        .header("Accept", accept);
        return follow(service, address, request, most);
    }

    private HttpResponse<byte[]> follow(
            String service, URI address, HttpRequest.Builder request, int most)
            throws NodeException {
        Optional<String> shown = credentials.header();
        shown.ifPresent(header -> request.setHeader("Authorization", header));
        URI at = address;
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpResponse<byte[]> answer = send(service, request.uri(at).build(), most);
            int status = answer.statusCode();
            if (!ELSEWHERE.contains(status)) {
                return answer;
            }
            boolean isFollowed =
                    answer.request().method().equals("GET") || KEEPING_METHOD.contains(status);
            String location = answer.headers().firstValue("location").orElse("");
            at =
                    RedirectPolicy.follow(at, location)
                            .filter(unused -> isFollowed && !location.isEmpty())
                            .orElseThrow(() -> elsewhere(service, status));
        }
        throw new NodeException(
                Remedy.LATER,
                "%s: too many redirects (expected: at most %d)".formatted(service, MOST_REDIRECTS));
    }

    private static NodeException elsewhere(String service, int status) {
        return new NodeException(
                Remedy.LATER,
                "%s: status %d redirects elsewhere (expected: the same scheme, host and port)"
                        .formatted(service, status));
    }

    /**
     * Sends a request and retries once when the connection breaks, since a server may close an idle
     * connection at that moment. All requests here are idempotent.
     */
    private HttpResponse<byte[]> send(String service, HttpRequest request, int most)
            throws NodeException {
        NodeException first;
        try {
            return sendOnce(service, request, most);
        } catch (NodeException e) {
            first = e;
        }
        boolean isBroken =
                first.remedy() == Remedy.LATER && first.getCause() instanceof IOException;
        if (!isBroken) {
            throw first;
        }
        return sendOnce(service, request, most);
    }

    private HttpResponse<byte[]> sendOnce(String service, HttpRequest request, int most)
            throws NodeException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new BoundedBody(most));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new NodeException(
                    Remedy.LATER,
                    "%s: no complete answer (expected: within %d ms)"
                            .formatted(service, timeout.toMillis()),
                    Duration.ZERO,
                    e);
        } catch (ExecutionException e) {
            throw failed(service, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new NodeException(Remedy.WAIT, service + ": stopped", Duration.ZERO, e);
        }
    }

    private static NodeException failed(String service, Throwable cause) {
        if (cause instanceof TooLargeException) {
            return new NodeException(
                    Remedy.NONE,
                    "%s: an answer %s".formatted(service, cause.getMessage()),
                    Duration.ZERO,
                    cause);
        }
        // The message of another exception may have the address.
        String what = cause instanceof IOException ? cause.getClass().getSimpleName() : "failure";
        boolean isOfAll =
                cause instanceof ConnectException
                        || cause instanceof HttpConnectTimeoutException
                        || cause instanceof SSLHandshakeException;
        return new NodeException(
                isOfAll ? Remedy.WAIT : Remedy.LATER,
                "%s: %s (expected: an answer)".formatted(service, what),
                Duration.ZERO,
                cause);
    }
}
