package dev.medzoo.serving.oip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a client over REST gets.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param headers beside the content type, names in lower case
 * @param body from its position to its limit
 */
public record OipReply(
        int status, String contentType, Map<String, String> headers, ByteBuffer body) {
    static final String JSON = "application/json";

    public OipReply {
        headers = Map.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    /** A JSON text. */
    static OipReply json(int status, String text, Map<String, String> headers) {
        return new OipReply(status, JSON, headers, StandardCharsets.UTF_8.encode(text));
    }
}
