package dev.medzoo.serving;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a client gets.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body from its position to its limit
 * @param headers beside those that every reply has, and instead of them where they are the same
 * @param sent run once when it is written or can no longer be
 */
record Reply(
        int status,
        String contentType,
        ByteBuffer body,
        Map<String, String> headers,
        Runnable sent) {
    static final String JSON = "application/json";

    /** Shape of DJL Serving's error body. */
    private record Fault(int code, String type, String message) {}

    Reply {
        body = body.asReadOnlyBuffer();
        headers = Map.copyOf(headers);
    }

    /** A text. */
    static Reply text(int status, String contentType, String body, Map<String, String> headers) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(body);
        return new Reply(status, contentType, bytes, headers, () -> {});
    }

    /** Success. */
    static Reply ok(Object value) {
        return text(200, JSON, Json.text(value), Map.of());
    }

    static Reply refusing(Refusal refusal) {
        Fault fault = new Fault(refusal.status(), refusal.type(), refusal.message());
        return text(refusal.status(), JSON, Json.text(fault), refusal.headers());
    }
}
