package dev.medzoo.serving.api;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.api.AsyncResults.Requester;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.predict.PredictionRequestReader;
import dev.medzoo.serving.predict.PredictionService;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModels;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /predictions/{model}[/{version}]}, {@code /invocations} and {@code
 * /models/{model}/invoke} with one picture. Without a version the default version answers. With the
 * header {@code x-synchronous: false} the answer is stored and fetched later with {@code
 * x-starting-token}.
 *
 * <p>DJL Serving takes any method here, and fetches a picture from the {@code image_url} of a JSON
 * body. This server takes POST, unless it is to be strict, and fetches nothing.
 */
final class PredictionRoutes {
    /** {@code false} requests an asynchronous answer. */
    static final String SYNCHRONOUS_HEADER = "x-synchronous";

    private final ServedModels models;
    private final PredictionService predictions;
    private final PredictionRequestReader requestReader;
    private final AsyncResults results;
    private final FindingReply replies;
    private final boolean isStrict;
    private final int maxParts;

    PredictionRoutes(
            ServedModels models,
            PredictionService predictions,
            PredictionRequestReader requestReader,
            AsyncResults results,
            Compatibility compatibility,
            int maxParts) {
        this.models = models;
        this.predictions = predictions;
        this.requestReader = requestReader;
        this.results = results;
        this.replies = new FindingReply(compatibility);
        this.isStrict = compatibility.isStrict();
        this.maxParts = maxParts;
    }

    List<Route> all() {
        return List.of(
                route("/predictions/{model}", this::predict).leavingBody(),
                route("/predictions/{model}/{version}", this::predict).leavingBody(),
                route("/models/{model}/invoke", this::predict).leavingBody(),
                route("/invocations", this::invoke));
    }

    private Route route(String template, Handler handler) {
        Set<String> methods = isStrict ? Set.of() : Set.of("POST", "OPTIONS");
        return new Route(Role.PREDICT, methods, template, handler);
    }

    private CompletableFuture<Reply> predict(Request request) throws RefusedException {
        String model = request.variable("model");
        return answer(request, model, request.optionalVariable("version"));
    }

    private CompletableFuture<Reply> invoke(Request request) throws RefusedException {
        String version = named(request, "model_version");
        String model = named(request, "model_name");
        return answer(request, model == null ? onlyModel() : model, version);
    }

    private @Nullable String named(Request request, String name) throws RefusedException {
        String asked = PredictionParameters.outsideBody(request, name);
        if (asked != null) {
            return asked;
        }
        FormFields form = FormFields.of(request, maxParts);
        return form == null ? null : form.text(name);
    }

    /** The only one that there was at the start. */
    private String onlyModel() throws RefusedException {
        Set<String> names = models.atStartup();
        if (names.size() != 1) {
            throw new RefusedException(Refusal.badRequest("Parameter model_name is required."));
        }
        return names.iterator().next();
    }

    private CompletableFuture<Reply> answer(Request request, String model, @Nullable String version)
            throws RefusedException {
        if (request.head().method().equals("OPTIONS")) {
            models.now().find(model, version);
            return CompletableFuture.completedFuture(Reply.ok(Map.of()));
        }
        String token = request.head().headers().get(AsyncResults.ASK_HEADER);
        if (token != null) {
            return CompletableFuture.completedFuture(
                    results.poll(token, Requester.of(request, model)));
        }
        if (!isSynchronous(request)) {
            // Only what can be asked later is begun.
            models.now().find(model, version);
            return CompletableFuture.completedFuture(
                    results.keep(
                            Requester.of(request, model),
                            () -> compute(request, model, version).thenApply(this::asyncReply)));
        }
        return compute(request, model, version);
    }

    /** DJL Serving returns 500 for every failed asynchronous answer. */
    private Reply asyncReply(Reply reply) {
        Refusal refusal = reply.refusal();
        return refusal == null || !isStrict ? reply : Reply.refusing(refusal, Kind.FAILED.status());
    }

    private static boolean isSynchronous(Request request) {
        String header = request.head().headers().get(SYNCHRONOUS_HEADER);
        String value =
                header == null ? CustomAttributes.of(request).get(SYNCHRONOUS_HEADER) : header;
        return !"false".equalsIgnoreCase(value);
    }

    private CompletableFuture<Reply> compute(
            Request request, String model, @Nullable String version) {
        try {
            RequestPicture picture =
                    new RequestPicture(request, AcceptedFormats.ofPrediction(request), maxParts);
            return predictions
                    .predict(requestReader.of(request, model, version), List.of(picture))
                    .thenApply(
                            answer -> {
                                request.about(answer.model().identity());
                                return replies.of(picture.choice(), answer);
                            })
                    .exceptionally(this::refused);
        } catch (RefusedException e) {
            return CompletableFuture.completedFuture(replies.of(e.refusal()));
        }
    }

    private Reply refused(Throwable failure) {
        Refusal refusal = RefusedException.in(failure);
        if (refusal == null) {
            throw new IllegalStateException("a prediction failed", failure);
        }
        return replies.of(refusal);
    }
}
