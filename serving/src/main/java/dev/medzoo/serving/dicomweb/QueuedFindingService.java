package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionService;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.finding.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Predicts with the server's own models like any client: queued, limited, measured and audited. It
 * sends one picture at a time, so that clients wait for at most one of the node's.
 */
final class QueuedFindingService implements FindingService {
    /** Permanent failures of a picture. */
    private static final Set<Kind> LASTING =
            Set.of(
                    Kind.BAD_REQUEST,
                    Kind.UNREADABLE_PICTURE,
                    Kind.BODY_TOO_LARGE,
                    Kind.UNLIKE_TRAINING);

    /** Failures of the model, whatever the picture. */
    private static final Set<Kind> OF_ALL =
            Set.of(Kind.UNKNOWN_MODEL, Kind.NO_WORKERS, Kind.NOT_READY, Kind.STOPPING);

    private final PredictionService predictions;
    private final String model;
    private final @Nullable String version;

    QueuedFindingService(PredictionService predictions, String model, @Nullable String version) {
        this.predictions = predictions;
        this.model = model;
        this.version = version;
    }

    @Override
    public Finding of(Instance instance, byte[] file) throws NodeException {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        PredictionRequest request =
                new PredictionRequest(
                        UUID.randomUUID().toString(),
                        DicomNode.OPERATION,
                        DicomNode.OPERATION,
                        model,
                        version,
                        // One version judges the pictures of one study.
                        instance.study(),
                        null,
                        null,
                        gone);
        try {
            return predictions
                    .predict(request, List.of(Picture.file(file)))
                    .get()
                    .findings()
                    .get(0);
        } catch (InterruptedException e) {
            gone.complete(null);
            Thread.currentThread().interrupt();
            throw new NodeException(Remedy.WAIT, "prediction: stopped", Duration.ZERO, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            Refusal refusal = RefusedException.in(cause);
            throw refusal == null
                    ? new NodeException(
                            Remedy.FEW_TRIES, "prediction: failed", Duration.ZERO, cause)
                    : refused(refusal);
        }
    }

    private static NodeException refused(Refusal refusal) {
        String seconds = refusal.headers().getOrDefault("retry-after", "0");
        return new NodeException(
                remedy(refusal.kind()),
                "prediction: " + refusal.message(),
                Duration.ofSeconds(Long.parseLong(seconds)),
                null);
    }

    private static Remedy remedy(Kind kind) {
        if (LASTING.contains(kind)) {
            return Remedy.NONE;
        }
        if (OF_ALL.contains(kind)) {
            return Remedy.WAIT;
        }
        return kind == Kind.FAILED ? Remedy.FEW_TRIES : Remedy.LATER;
    }
}
