package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body from its position to its limit
 * @param headers beside those that every reply has, and instead of them where they are the same
 * @param refusal why it is none of what was asked for, or null
 * @param sent run once when it is written or can no longer be
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

    /** The same with another status than the refusal's own. */
    public static Reply refusing(Refusal refusal, int status) {
        Fault fault = new Fault(status, refusal.kind().type(), refusal.message());
        return text(status, JSON, Json.text(fault), refusal.headers()).because(refusal);
    }

    /** The same, with why it is a refusal. */
    public Reply because(Refusal why) {
        return new Reply(status, contentType, body, headers, why, sent);
    }

    /** The same, with one more header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more, refusal, sent);
    }
}
