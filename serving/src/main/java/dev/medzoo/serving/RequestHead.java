package dev.medzoo.serving;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The part of a request before its body.
 *
 * @param id the client's own, or a new one
 * @param method in upper case, as sent
 * @param target path and query, as sent
 * @param keepAlive whether the client wants to go on with this connection
 */
record RequestHead(
        String id, String method, String target, HttpHeaders headers, boolean keepAlive) {
    static final String ID_HEADER = "x-request-id";

    private static final Pattern SAFE_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

    static RequestHead of(HttpRequest request) {
        String asked = request.headers().get(ID_HEADER, "");
        return new RequestHead(
                SAFE_ID.matcher(asked).matches() ? asked : UUID.randomUUID().toString(),
                request.method().name(),
                request.uri(),
                request.headers(),
                HttpUtil.isKeepAlive(request));
    }
}
