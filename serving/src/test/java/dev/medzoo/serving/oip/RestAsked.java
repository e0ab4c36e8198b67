package dev.medzoo.serving.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.http.Peer;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.RequestHead;
import dev.medzoo.serving.refusal.RefusedException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request over REST, and what came of it. */
final class RestAsked {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Reply reply;
    private final byte[] body;

    private RestAsked(Reply reply) {
        this.reply = reply;
        this.body = new byte[reply.body().remaining()];
        reply.body().duplicate().get(body);
    }

    static RestAsked of(Reply reply) {
        return new RestAsked(reply);
    }

    static RestAsked json(OipRest rest, String json) {
        return body(rest, null, json.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON and bytes after it. */
    static RestAsked binary(OipRest rest, String json, byte[]... after) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        String length = String.valueOf(body.size());
        for (byte[] each : after) {
            body.writeBytes(each);
        }
        return body(rest, length, body.toByteArray());
    }

    static RestAsked body(OipRest rest, @Nullable String length, byte[] body) {
        return new RestAsked(infer(rest, RealSkin.NAME, length, body));
    }

    static Reply infer(OipRest rest, String model, @Nullable String length, byte[] body) {
        DefaultHttpRequest head =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/v2/models");
        if (length != null) {
            head.headers().set(OipRest.JSON_LENGTH, length);
        }
        try {
            Request request =
                    Request.of(
                            RequestHead.of(
                                    head, RequestHead.ID_HEADER, new Peer("10.0.0.7", false)),
                            body);
            return rest.infer(request, model, null).join();
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    int status() {
        return reply.status();
    }

    Reply reply() {
        return reply;
    }

    String error() {
        return at("/error").asText();
    }

    JsonNode at(String pointer) {
        try {
            String length = reply.headers().get(OipRest.JSON_LENGTH);
            int json = length == null ? body.length : Integer.parseInt(length);
            return MAPPER.readTree(body, 0, json).at(pointer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows the JSON. */
    byte[] after() {
        int json =
                Integer.parseInt(Objects.requireNonNull(reply.headers().get(OipRest.JSON_LENGTH)));
        return Arrays.copyOfRange(body, json, body.length);
    }

    /** The probabilities of all pictures, in JSON the first output. */
    List<Float> probabilities() {
        List<Float> all = new ArrayList<>();
        at("/outputs/0/data").forEach(each -> all.add(each.floatValue()));
        return all;
    }
}
