package dev.medzoo.serving.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers CORS preflight requests (the Fetch standard, section 3.2), if the settings allow an
 * origin.
 *
 * @param everyReply the headers of CORS that the settings name; without an origin nothing is
 *     answered here
 * @param headers that routes take
 */
public record Preflight(Map<String, String> everyReply, List<String> headers) {
    private static final String ORIGIN = "access-control-allow-origin";
    private static final String METHODS = "access-control-allow-methods";
    private static final String HEADERS = "access-control-allow-headers";
    private static final String SECONDS_KEPT = "600";

    /** No CORS: answers no preflight. */
    public static final Preflight NONE = new Preflight(Map.of(), List.of());

    public Preflight {
        everyReply = Map.copyOf(everyReply);
        headers = List.copyOf(headers);
    }

    boolean isAsked(RequestHead head) {
        return everyReply.containsKey(ORIGIN)
                && head.method().equals("OPTIONS")
                && head.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /**
     * What a path takes. What the settings name goes before it.
     *
     * @param methods of the path
     */
    Reply answer(Set<String> methods) {
        Map<String, String> allowed = new HashMap<>();
        allowed.put(METHODS, String.join(", ", methods));
        allowed.put(HEADERS, String.join(", ", headers));
        allowed.put("access-control-max-age", SECONDS_KEPT);
        allowed.putAll(everyReply);
        return Reply.of(200, Reply.JSON, ByteBuffer.allocate(0), allowed);
    }
}
