package dev.medzoo.serving;

import java.util.Map;

/**
 * What a client gets.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body JSON
 * @param headers beside those that every reply has
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
    static final String JSON = "application/json";

    /** Shape of DJL Serving's error body. */
    private record Fault(int code, String type, String message) {}

    Reply {
        headers = Map.copyOf(headers);
    }

    /** Success. */
    static Reply ok(Object value) {
        return new Reply(200, JSON, Json.text(value), Map.of());
    }

    static Reply refusing(Refusal refusal) {
        Fault fault = new Fault(refusal.status(), refusal.type(), refusal.message());
        return new Reply(refusal.status(), JSON, Json.text(fault), refusal.headers());
    }
}
