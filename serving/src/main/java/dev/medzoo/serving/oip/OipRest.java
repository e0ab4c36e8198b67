package dev.medzoo.serving.oip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionRequestReader;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v2/…}: the Open Inference Protocol over REST. Every path gives a reply in its own words,
 * refusals too. Instances are thread safe.
 */
public final class OipRest {
    /** Header of a request and of a reply whose body goes on after its JSON: the JSON's length. */
    public static final String JSON_LENGTH = "inference-header-content-length";

    static final String SERVER_NAME = "medzoo";
    static final List<String> EXTENSIONS = List.of("binary_tensor_data");

    private static final String MODEL = "/v2/models/{model}";
    private static final String VERSION = MODEL + "/versions/{version}";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What the specification has probes read: true is 200, false is 4xx. */
    private static final int FALSE = 400;

    private final OipModels models;
    private final PredictionRequestReader requestReader;
    private final String serverVersion;
    private final int maxPictures;

    /**
     * @param serverVersion for the server's metadata
     * @param maxPictures in one request, at least 1
     */
    public OipRest(
            OipModels models,
            PredictionRequestReader requestReader,
            String serverVersion,
            int maxPictures) {
        if (maxPictures < 1) {
            throw new IllegalArgumentException(
                    "max pictures: " + maxPictures + " (expected: at least 1)");
        }
        this.models = models;
        this.requestReader = requestReader;
        this.serverVersion = serverVersion;
        this.maxPictures = maxPictures;
    }

    /** All of its paths. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(get(null, "/v2", request -> server()));
        routes.add(get(null, "/v2/health/live", request -> live()));
        routes.add(get(null, "/v2/health/ready", request -> ready()));
        routes.add(get(Role.PREDICT, "/v2/models", request -> models()));
        for (String model : List.of(MODEL, VERSION)) {
            routes.add(get(Role.PREDICT, model, request -> model(name(request), version(request))));
            routes.add(
                    get(
                            Role.PREDICT,
                            model + "/ready",
                            request -> modelReady(name(request), version(request))));
            routes.add(
                    Route.of(
                            Role.PREDICT,
                            "POST",
                            model + "/infer",
                            request -> infer(request, name(request), version(request))));
        }
        return routes;
    }

    private static Route get(@Nullable Role role, String template, Handler.Immediate immediate) {
        return Route.of(role, "GET", template, Handler.of(immediate));
    }

    private static String name(Request request) {
        return request.variable("model");
    }

    private static @Nullable String version(Request request) {
        return request.optionalVariable("version");
    }

    Reply server() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", SERVER_NAME);
        json.put("version", serverVersion);
        json.put("extensions", EXTENSIONS);
        return reply(200, json);
    }

    /** The names of the models that can be asked, in their order, as KServe's servers have it. */
    Reply models() {
        List<String> names =
                models.served().get().models().values().stream()
                        .map(ServedModel::name)
                        .distinct()
                        .sorted()
                        .toList();
        return reply(200, Map.of("models", names));
    }

    Reply live() {
        return reply(200, Map.of("live", true));
    }

    Reply ready() {
        boolean ready = models.isReady().getAsBoolean();
        return reply(ready ? 200 : FALSE, Map.of("ready", ready));
    }

    /**
     * @param version null where the path has none
     */
    Reply model(String name, @Nullable String version) {
        try {
            return reply(200, ModelMetadata.of(models, name, version));
        } catch (RefusedException e) {
            return error(e.refusal());
        }
    }

    Reply modelReady(String name, @Nullable String version) {
        try {
            boolean ready = models.find(name, version).pool().isHealthy();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("ready", ready);
            return reply(ready ? 200 : FALSE, json);
        } catch (RefusedException e) {
            return error(e.refusal());
        }
    }

    /**
     * Reads the body on the caller's thread, which takes about a millisecond a megabyte.
     *
     * @return never fails
     */
    CompletableFuture<Reply> infer(Request request, String name, @Nullable String version) {
        try {
            ServedModel model = models.find(name, version);
            RestRequest asked =
                    RestRequest.read(
                            request.body(),
                            request.head().headers().get(JSON_LENGTH),
                            model.preparation().size(),
                            maxPictures);
            PredictionRequest prediction = requestReader.of(request, name, version);
            return models.predict()
                    .apply(prediction, asked.pictures())
                    .thenApply(answer -> answer(request, asked, name, answer))
                    .exceptionally(failure -> error(Refusals.in(failure, prediction)));
        } catch (RefusedException e) {
            return CompletableFuture.completedFuture(error(e.refusal()));
        }
    }

    private static Reply answer(
            Request request, RestRequest asked, String name, PredictionResponse answer) {
        request.about(answer.model().identity());
        try {
            return RestResponseWriter.to(asked, name, answer);
        } catch (RefusedException e) {
            return error(e.refusal());
        }
    }

    /** The protocol's words for a refusal, its headers with it. */
    private static Reply error(Refusal refusal) {
        return reply(refusal.kind().status(), Map.of("error", refusal.message()), refusal.headers())
                .because(refusal);
    }

    private static Reply reply(int status, Object json) {
        return reply(status, json, Map.of());
    }

    private static Reply reply(int status, Object json, Map<String, String> headers) {
        try {
            return Reply.text(status, Reply.JSON, MAPPER.writeValueAsString(json), headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("json: " + json + " (expected: writable)", e);
        }
    }
}
