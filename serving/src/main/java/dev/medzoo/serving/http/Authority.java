package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host and port that a request names (RFC 9110, section 7.2).
 *
 * @param host name or address in lower case; an IPv6 address in brackets
 * @param port -1 when absent
 */
public record Authority(String host, int port) {
    private static final Pattern SHAPE =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,255})(?::(\\d{1,5}))?");
    private static final Pattern ABSOLUTE =
            Pattern.compile("(https?)://([^/?#]*).*", Pattern.CASE_INSENSITIVE);
    private static final int LARGEST_PORT = 65_535;
    private static final String HOST = "Host";

    /** Parses a {@code Host} header; null when it is malformed. */
    public static @Nullable Authority parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        int port = parts.group(2) == null ? -1 : Integer.parseInt(parts.group(2));
        return port > LARGEST_PORT
                ? null
                : new Authority(parts.group(1).toLowerCase(Locale.ROOT), port);
    }

    /**
     * The authority of a request.
     *
     * @return null when there is none, which HTTP 1.0 allows
     */
    public static @Nullable Authority of(RequestHead head) {
        String host = head.headers().get(HttpHeaderNames.HOST);
        if (host != null) {
            return parse(host);
        }
        Matcher absolute = ABSOLUTE.matcher(head.target());
        return absolute.matches() ? parse(absolute.group(2)) : null;
    }

    /**
     * Refuses a request without a host, with several, or with two that differ: a proxy may have
     * routed it by another one (request smuggling). Refuses also a target that is neither a path
     * nor an absolute HTTP URL, and versions other than HTTP 1.
     */
    static void check(HttpRequest request) throws RefusedException {
        if (request.protocolVersion().majorVersion() != 1) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "version: %s (expected: HTTP/1.1)"
                                    .formatted(request.protocolVersion())));
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean isOld = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        if (hosts.size() > 1 || (hosts.isEmpty() && !isOld)) {
            throw refuse(hosts.isEmpty() ? "none" : hosts.size() + " of them", "one");
        }
        Authority host = hosts.isEmpty() ? null : parse(hosts.get(0));
        if (!hosts.isEmpty() && host == null) {
            throw refuse(hosts.get(0), "a host, and perhaps a port");
        }
        String target = request.uri();
        if (target.startsWith("/") || target.equals("*")) {
            return;
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches()) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "target: %s (expected: a path such as /ping)".formatted(target)));
        }
        checkSame(absolute.group(1), absolute.group(2), host);
    }

    private static void checkSame(String scheme, String target, @Nullable Authority host)
            throws RefusedException {
        Authority asked = parse(target);
        int usual = scheme.equalsIgnoreCase("https") ? 443 : 80;
        if (asked == null || (host != null && !asked.at(usual).equals(host.at(usual)))) {
            throw refuse(String.valueOf(host), "that of the target, " + target);
        }
    }

    /** A copy with its port made explicit. */
    private Authority at(int usual) {
        return new Authority(host, port < 0 ? usual : port);
    }

    private static RefusedException refuse(String seen, String expected) {
        return new RefusedException(
                Refusal.badRequest("%s: %s (expected: %s)".formatted(HOST, seen, expected)));
    }

    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }
}
