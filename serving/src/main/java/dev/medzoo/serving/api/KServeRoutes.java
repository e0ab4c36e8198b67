package dev.medzoo.serving.api;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.predict.PredictionRequestReader;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.predict.PredictionService;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.finding.Finding;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * {@code /v1/…}: version 1 of KServe's protocol, which is TensorFlow Serving's. The default version
 * of a model answers. A request succeeds or fails as a whole.
 */
final class KServeRoutes {
    private static final String MODELS = "/v1/models";
    private static final String MODEL = MODELS + "/{model}";

    private final ServedModels models;
    private final PredictionService predictions;
    private final PredictionRequestReader requestReader;
    private final int maxPictures;

    private record Ready(String name, boolean ready) {}

    /**
     * @param maxPictures in one request
     */
    KServeRoutes(
            ServedModels models,
            PredictionService predictions,
            PredictionRequestReader requestReader,
            int maxPictures) {
        this.models = models;
        this.predictions = predictions;
        this.requestReader = requestReader;
        this.maxPictures = maxPictures;
    }

    List<Route> all() {
        return List.of(
                Route.of(Role.PREDICT, "GET", MODELS, Handler.of(this::names)),
                Route.of(Role.PREDICT, "POST", MODEL + ":predict", this::predict),
                Route.of(Role.PREDICT, "GET", MODEL, Handler.of(this::ready)));
    }

    private Reply names(Request request) {
        List<String> names =
                models.now().models().values().stream()
                        .map(ServedModel::name)
                        .distinct()
                        .sorted()
                        .toList();
        return Reply.ok(Map.of("models", names));
    }

    private Reply ready(Request request) throws RefusedException {
        String name = request.variable("model");
        if (models.now().find(name, null).pool().isHealthy()) {
            return Reply.ok(new Ready(name, true));
        }
        throw new RefusedException(
                new Refusal(Kind.NOT_READY, "model: %s is not ready".formatted(name)));
    }

    private CompletableFuture<Reply> predict(Request request) throws RefusedException {
        String name = request.variable("model");
        models.now().find(name, null);
        PictureOptions options = PredictionParameters.options(request, null);
        List<Picture> pictures =
                JsonPicture.instances(request.body(), maxPictures).stream()
                        .map(file -> Picture.file(file, options))
                        .toList();
        return predictions
                .predict(requestReader.of(request, name, null), pictures)
                .thenApply(
                        answer -> {
                            request.about(answer.model().identity());
                            return reply(answer);
                        });
    }

    private static Reply reply(PredictionResponse answer) {
        String findings =
                answer.findings().stream().map(Finding::toJson).collect(Collectors.joining(", "));
        return Reply.text(
                200,
                Reply.JSON,
                "{\"predictions\": [%s]}\n".formatted(findings),
                FindingReply.headers(answer));
    }
}
