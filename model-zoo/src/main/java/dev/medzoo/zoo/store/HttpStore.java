package dev.medzoo.zoo.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of static files on any http(s) server. It cannot list, so only files in a manifest are
 * fetched. It follows redirects that {@link Redirects} allows.
 */
final class HttpStore implements RemoteStore {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final Set<Integer> ELSEWHERE = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_PORT = 65535;
    private static final int MOST_REDIRECTS = 5;
    private static final Logger logger = LoggerFactory.getLogger(HttpStore.class);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    private final URI root;
    private final Redirects redirects;
    private final Duration silence;
    private final Optional<HttpCredentials> credentials;

    /**
     * The store at an address.
     *
     * @param address of the folder that holds {@code index.json}
     * @param redirects hosts beside its own that it may lead to
     */
    HttpStore(URI address, Set<String> redirects) {
        this(address, redirects, SILENCE);
    }

    HttpStore(URI address, Set<String> hosts, Duration silence) {
        this(address, hosts, silence, HttpCredentials.of(address));
    }

    /**
     * @param silence after which a server that sends nothing is given up
     * @param credentials shown to its own host, and to no other
     */
    HttpStore(
            URI address,
            Set<String> hosts,
            Duration silence,
            Optional<HttpCredentials> credentials) {
        if (address.getHost() == null
                || address.getQuery() != null
                || address.getFragment() != null
                || address.getUserInfo() != null
                || address.getPort() > MAX_PORT) {
            throw refused(address.toString());
        }
        String text = address.toString();
        root = URI.create(text.endsWith("/") ? text : text + "/");
        redirects = new Redirects(root, hosts);
        this.silence = silence;
        this.credentials = credentials;
        if (credentials.isPresent() && "http".equalsIgnoreCase(root.getScheme()) && !isLoopback()) {
            logger.warn("{}: {} are sent unencrypted", root, credentials.get());
        }
    }

    /** Files that are no store: a token that is for a store anywhere is not for them. */
    static HttpStore ofFiles(URI address, Set<String> redirects) {
        return new HttpStore(address, redirects, SILENCE, HttpCredentials.ofFiles(address));
    }

    private boolean isLoopback() {
        return root.getHost().matches("(?i)localhost|127\\..*|\\[::1]");
    }

    /** An address that a log may have: whoever writes a name into one writes a password too. */
    /**
     * The address that somebody wrote.
     *
     * @throws IllegalArgumentException when it is none; a name and password in it are not told
     */
    static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Its message has the whole text.
            throw refused(text);
        }
    }

    private static IllegalArgumentException refused(String address) {
        return new IllegalArgumentException(
                "store: %s (expected: http(s)://host/path)"
                        .formatted(address.replaceFirst("//.*@", "//…@")));
    }

    @Override
    public void send(String path, long from, Sink sink) throws IOException {
        URI file = file(path);
        Optional<URI> next = Optional.of(file);
        for (int i = 0; next.isPresent(); i++) {
            if (i > MOST_REDIRECTS) {
                throw new IOException(
                        "%s: too many redirects (expected: at most %d)"
                                .formatted(file, MOST_REDIRECTS));
            }
            next = send(next.get(), from, sink);
        }
    }

    /** Names of files may have blanks, percent signs and letters of any script. */
    private URI file(String path) throws IOException {
        try {
            return root.resolve(new URI(null, null, "./" + path, null).toASCIIString());
        } catch (URISyntaxException e) {
            throw new IOException("%s: %s (expected: a path)".formatted(path, e.getReason()), e);
        }
    }

    /** Nothing, or where else to ask. */
    private Optional<URI> send(URI address, long from, Sink sink) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER_TIMEOUT);
        if (from > 0) {
            request.header("Range", "bytes=%d-".formatted(from));
        }
        if (redirects.isOwn(address)) {
            credentials.ifPresent(own -> request.header("Authorization", own.header()));
        }
        HttpBody body = new HttpBody(from, sink);
        CompletableFuture<HttpResponse<HttpBody>> answer =
                CLIENT.sendAsync(request.build(), body::begin);
        try {
            HttpResponse<HttpBody> response = await(answer, body, address);
            String location = response.headers().firstValue("location").orElse("");
            if (ELSEWHERE.contains(response.statusCode()) && !location.isEmpty()) {
                return Optional.of(redirects.follow(address, location));
            }
            refuse(response, from);
        } finally {
            body.stop();
            answer.cancel(true);
        }
        body.rethrow();
        return Optional.empty();
    }

    private void refuse(HttpResponse<HttpBody> response, long from) throws IOException {
        int status = response.statusCode();
        if (response.body().isAccepted()) {
            return;
        }
        String message =
                "%s: status %d (expected: %s)"
                        .formatted(response.request().uri(), status, from > 0 ? "206" : "200");
        if (status == 404) {
            throw new FileNotFoundException(message);
        }
        if (status == 401 || status == 403) {
            String shown = credentials.map(HttpCredentials::toString).orElse("no credentials");
            throw new IOException(message + ", asked with " + shown);
        }
        if (PASSING.contains(status)) {
            String seconds = response.headers().firstValue("retry-after").orElse("0");
            throw new TransientException(message, retryAfter(seconds));
        }
        throw from > 0 && (status == 206 || status == 416)
                ? new RangeException(message + " from byte " + from)
                : new IOException(message);
    }

    /** Seconds, or a date; anything else is no wish. */
    private static Duration retryAfter(String text) {
        try {
            if (text.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            return Duration.between(Instant.now(), then);
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private <T> T await(CompletableFuture<T> answer, HttpBody body, URI address)
            throws IOException {
        long begin = System.nanoTime();
        long before = 0;
        try {
            while (true) {
                try {
                    return answer.get(silence.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    long arrived = body.arrived();
                    if (arrived == before || spent(begin).compareTo(ANSWER_TIMEOUT) > 0) {
                        throw new TransientException(
                                "%s: no more data after %d bytes (expected: some within %d ms)"
                                        .formatted(address, arrived, silence.toMillis()),
                                e);
                    }
                    before = arrived;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException(address + ": interrupted").initCause(e);
        } catch (ExecutionException e) {
            throw new TransientException(
                    "%s: no connection (expected: a server that answers): %s"
                            .formatted(address, e.getCause()),
                    e.getCause());
        }
    }

    private static Duration spent(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public Optional<Set<String>> list(String folder) {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
