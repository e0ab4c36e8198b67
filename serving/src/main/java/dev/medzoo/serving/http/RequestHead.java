package dev.medzoo.serving.http;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Request line and headers.
 *
 * @param id request id: the client's, or a new one
 * @param method in upper case, as sent
 * @param target path and query, as sent
 * @param keepAlive whether the connection is persistent
 * @param takesInterim whether the client accepts interim (1xx) responses, as HTTP 1.1 has them
 * @param client at the other end of the connection
 * @param arrivedNanos when it was read, by {@link System#nanoTime}
 */
public record RequestHead(
        String id,
        String method,
        String target,
        HttpHeaders headers,
        boolean keepAlive,
        boolean takesInterim,
        Peer client,
        long arrivedNanos) {
    /** The header that carries a request's id, unless the settings name another. */
    public static final String ID_HEADER = "x-request-id";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE");
    private static final Pattern SAFE_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /**
     * Reads a head.
     *
     * @param idHeader that the client may give its own id in
     */
    public static RequestHead of(HttpRequest request, String idHeader, Peer client) {
        return new RequestHead(
                id(request.headers().get(idHeader)),
                request.method().name(),
                request.uri(),
                request.headers(),
                HttpUtil.isKeepAlive(request),
                request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0,
                client,
                System.nanoTime());
    }

    /** The id that a client asks for, where it is fit for logs and headers; else a new one. */
    public static String id(@Nullable String asked) {
        return asked != null && SAFE_ID.matcher(asked).matches()
                ? asked
                : UUID.randomUUID().toString();
    }

    /** The client's address. */
    public String remote() {
        return client.address();
    }

    /** The method where HTTP has one of that name, else {@code other}: fit for logs and metrics. */
    public String knownMethod() {
        return METHODS.contains(method) ? method : "other";
    }

    /** Stands for one that did not come completely. */
    static RequestHead unknown(Peer client) {
        return new RequestHead(
                id(null),
                "GET",
                "/",
                EmptyHttpHeaders.INSTANCE,
                false,
                false,
                client,
                System.nanoTime());
    }
}
