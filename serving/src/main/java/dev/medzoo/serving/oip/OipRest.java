package dev.medzoo.serving.oip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The Open Inference Protocol over REST, a method a path. Every method gives a reply, refusals too.
 * Instances are thread safe.
 */
public final class OipRest {
    /** Header of a request and of a reply whose body goes on after its JSON: the JSON's length. */
    public static final String JSON_LENGTH = "inference-header-content-length";

    static final String SERVER_NAME = "medzoo";
    static final List<String> EXTENSIONS = List.of("binary_tensor_data");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What the specification has probes read: true is 200, false is 4xx. */
    private static final int FALSE = 400;

    private final OipModels models;
    private final String serverVersion;
    private final int maxPictures;

    /**
     * @param serverVersion for the server's metadata
     * @param maxPictures in one request, at least 1
     */
    public OipRest(OipModels models, String serverVersion, int maxPictures) {
        if (maxPictures < 1) {
            throw new IllegalArgumentException(
                    "max pictures: " + maxPictures + " (expected: at least 1)");
        }
        this.models = models;
        this.serverVersion = serverVersion;
        this.maxPictures = maxPictures;
    }

    /** Of {@code GET /v2}. */
    public OipReply server() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", SERVER_NAME);
        json.put("version", serverVersion);
        json.put("extensions", EXTENSIONS);
        return reply(200, json);
    }

    /** Of {@code GET /v2/models}, as KServe's servers have it. */
    public OipReply models() {
        return reply(200, Map.of("models", models.names()));
    }

    /** Of {@code GET /v2/health/live}. */
    public OipReply live() {
        boolean live = models.live();
        return reply(live ? 200 : FALSE, Map.of("live", live));
    }

    /** Of {@code GET /v2/health/ready}. */
    public OipReply ready() {
        boolean ready = models.ready();
        return reply(ready ? 200 : FALSE, Map.of("ready", ready));
    }

    /**
     * Of {@code GET /v2/models/NAME} and {@code GET /v2/models/NAME/versions/VERSION}.
     *
     * @param version null where the path has none
     */
    public OipReply model(String name, @Nullable String version) {
        return described(
                name,
                version,
                model -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("name", name);
                    json.put("versions", model.versions());
                    json.put("platform", TensorSpec.PLATFORM);
                    json.put("inputs", TensorSpec.inputs(model));
                    json.put("outputs", TensorSpec.outputs(model));
                    json.put("properties", TensorSpec.properties(model));
                    return reply(200, json);
                });
    }

    /** Of the same paths with {@code /ready} after them. */
    public OipReply modelReady(String name, @Nullable String version) {
        return described(
                name,
                version,
                model -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("name", name);
                    json.put("ready", model.ready());
                    return reply(model.ready() ? 200 : FALSE, json);
                });
    }

    /**
     * Of {@code POST} to the same paths with {@code /infer} after them. Reads the body on the
     * caller's thread, which takes about a millisecond a megabyte.
     *
     * @param headers of the request: from a name in lower case to its value, or to null
     * @return never fails
     */
    public CompletableFuture<OipReply> infer(
            OipCall call,
            String name,
            @Nullable String version,
            Function<String, @Nullable String> headers,
            byte[] body) {
        try {
            OipModel model = models.model(name, version);
            RestRequest request =
                    RestRequest.read(body, headers.apply(JSON_LENGTH), model, maxPictures);
            return models.infer(call, name, version, request.pictures())
                    .thenApply(answer -> answer(request, name, model, answer))
                    .exceptionally(failure -> error(Refused.in(failure, call)));
        } catch (RefusedException e) {
            return CompletableFuture.completedFuture(error(e.refusal()));
        }
    }

    /** The protocol's words for a refusal, its headers with it. */
    public static OipReply error(Refusal refusal) {
        return reply(
                refusal.kind().status(), Map.of("error", refusal.message()), refusal.headers());
    }

    private static OipReply answer(
            RestRequest request, String name, OipModel model, OipAnswer answer) {
        try {
            return RestAnswer.to(request, name, model, answer);
        } catch (RefusedException e) {
            return error(e.refusal());
        }
    }

    private OipReply described(
            String name, @Nullable String version, Function<OipModel, OipReply> description) {
        try {
            return description.apply(models.model(name, version));
        } catch (RefusedException e) {
            return error(e.refusal());
        }
    }

    private static OipReply reply(int status, Map<String, ?> json) {
        return reply(status, json, Map.of());
    }

    private static OipReply reply(int status, Map<String, ?> json, Map<String, String> headers) {
        try {
            return OipReply.json(status, MAPPER.writeValueAsString(json), headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("json: " + json + " (expected: writable)", e);
        }
    }
}
