package dev.medzoo.serving.api;

import ai.djl.translate.TranslateException;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.predict.PredictionRequestReader;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.predict.PredictionService;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.work.ExplanationRequest;
import dev.medzoo.serving.work.ExplanationResult;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.report.SecondaryCaptures;
import dev.medzoo.translate.report.StructuredReports;
import dev.medzoo.translate.report.Uid;
import dev.medzoo.zoo.explain.Explanation;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.explain.ExplanationOptions;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /explanations/{model}[/{version}]}, TorchServe's path: explains a prediction by a
 * heat map. The body is that of a prediction; {@code method} and {@code class} are query
 * parameters.
 */
final class ExplanationRoutes {
    private static final String PNG = "image/png";

    private final ServedModels models;
    private final PredictionService predictions;
    private final PredictionRequestReader requestReader;
    private final FindingReply replies;
    private final int maxParts;

    ExplanationRoutes(
            ServedModels models,
            PredictionService predictions,
            PredictionRequestReader requestReader,
            Compatibility compatibility,
            int maxParts) {
        this.models = models;
        this.predictions = predictions;
        this.requestReader = requestReader;
        this.replies = new FindingReply(compatibility);
        this.maxParts = maxParts;
    }

    List<Route> all() {
        return List.of(route("/explanations/{model}"), route("/explanations/{model}/{version}"));
    }

    private Route route(String template) {
        Handler handler = this::explain;
        return new Route(Role.PREDICT, Set.of("POST", "OPTIONS"), template, handler).leavingBody();
    }

    private CompletableFuture<Reply> explain(Request request) throws RefusedException {
        String model = request.variable("model");
        String version = request.optionalVariable("version");
        if (request.head().method().equals("OPTIONS")) {
            models.now().find(model, version);
            return CompletableFuture.completedFuture(Reply.ok(Map.of()));
        }
        AcceptedFormats forms = AcceptedFormats.ofExplanation(request);
        ExplanationRequest explanation = new ExplanationRequest(options(request), forms.isDrawn());
        RequestPicture picture = new RequestPicture(request, forms, maxParts);
        return predictions
                .explain(requestReader.of(request, model, version), picture, explanation)
                .thenApply(
                        answer -> {
                            request.about(answer.model().identity());
                            return reply(picture.choice(), answer);
                        })
                .exceptionally(this::refused);
    }

    private static ExplanationOptions options(Request request) throws RefusedException {
        String method = only(request, "method");
        try {
            return new ExplanationOptions(
                    method == null ? null : ExplanationMethod.parse(method),
                    only(request, "class"));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.badRequest(String.valueOf(e.getMessage())));
        }
    }

    private static @Nullable String only(Request request, String name) throws RefusedException {
        List<String> given = request.parameters(name);
        if (given.size() > 1) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "%s: %d values (expected: one)".formatted(name, given.size())));
        }
        return given.isEmpty() ? null : given.get(0);
    }

    private static Reply reply(NegotiatedFormat choice, PredictionResponse answer) {
        ExplanationResult explained =
                Objects.requireNonNull(answer.predictions().get(0).explained());
        Map<String, String> headers = FindingReply.headers(answer);
        headers.put("x-medzoo-method", explained.explanation().method().word());
        ByteBuffer png = explained.png();
        if (png == null || choice.form() == ResponseFormat.JSON) {
            return Reply.text(200, Reply.JSON, explained.explanation().toJson() + "\n", headers);
        }
        SourceInstance source = choice.source();
        return source == null
                ? Reply.of(200, PNG, png, headers)
                : Reply.of(
                        200,
                        StructuredReports.MEDIA_TYPE,
                        capture(source, choice.frame(), explained.explanation(), png),
                        headers);
    }

    private static ByteBuffer capture(
            SourceInstance source, int frame, Explanation explanation, ByteBuffer png) {
        byte[] bytes = new byte[png.remaining()];
        png.duplicate().get(bytes);
        try {
            return ByteBuffer.wrap(
                    SecondaryCaptures.of(
                            source,
                            frame,
                            new PictureDecoder().decode(bytes),
                            explanation.finding().model(),
                            "Heat map of class %s by %s over the picture"
                                    .formatted(explanation.label(), explanation.method().word()),
                            Uid.random(),
                            Instant.now()));
        } catch (TranslateException e) {
            throw new IllegalStateException("a picture of our own", e);
        }
    }

    private Reply refused(Throwable failure) {
        Refusal refusal = RefusedException.in(failure);
        if (refusal == null) {
            throw new IllegalStateException("an explanation failed", failure);
        }
        return replies.of(refusal);
    }
}
