package dev.medzoo.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What a client got. */
record Answer(int status, HttpHeaders headers, String body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The value at a JSON pointer, a missing one when there is none. */
    JsonNode json(String pointer) {
        try {
            return MAPPER.readTree(body).at(pointer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
