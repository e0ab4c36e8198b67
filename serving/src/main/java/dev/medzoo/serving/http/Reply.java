package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body from its position to its limit
 * @param headers in addition to the common ones, which they override
 * @param refusal reason of an error response, or null
 * @param sent run once when it is written or has failed
 */
public record Reply(
        int status,
        String contentType,
        ByteBuffer body,
        Map<String, String> headers,
        @Nullable Refusal refusal,
        Runnable sent) {
    public static final String JSON = "application/json";

    /** Shape of DJL Serving's error body. */
    private record Fault(int code, String type, String message) {}

    public Reply {
        body = body.asReadOnlyBuffer();
        headers = Map.copyOf(headers);
    }

    /** Bytes of any kind. */
    public static Reply of(
            int status, String contentType, ByteBuffer body, Map<String, String> headers) {
        return new Reply(status, contentType, body, headers, null, () -> {});
    }

    /** A text. */
    public static Reply text(
            int status, String contentType, String body, Map<String, String> headers) {
        return of(status, contentType, StandardCharsets.UTF_8.encode(body), headers);
    }

    /** Success. */
    public static Reply ok(Object value) {
        return json(200, value);
    }

    /** JSON with a status. */
    public static Reply json(int status, Object value) {
        return text(status, JSON, Json.text(value), Map.of());
    }

    /** A refusal in DJL Serving's shape. */
    public static Reply refusing(Refusal refusal) {
        return refusing(refusal, refusal.kind().status());
    }

    /** A refusal with another status. */
    public static Reply refusing(Refusal refusal, int status) {
        Fault fault = new Fault(status, refusal.kind().type(), refusal.message());
        return text(status, JSON, Json.text(fault), refusal.headers()).because(refusal);
    }

    /** A copy with the reason of the refusal. */
    public Reply because(Refusal why) {
        return new Reply(status, contentType, body, headers, why, sent);
    }

    /** A copy with one more header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more, refusal, sent);
    }
}
