package dev.medzoo.serving;

import dev.medzoo.serving.audit.AuditDecision;
import dev.medzoo.serving.audit.AuditEvent;
import dev.medzoo.serving.audit.AuditEvent.Via;
import dev.medzoo.serving.audit.AuditLog;
import dev.medzoo.serving.audit.InputHash;
import dev.medzoo.serving.dicomweb.DicomNode;
import dev.medzoo.serving.predict.PredictionRecorder;
import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.finding.Finding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes predictions to the audit log, one record per picture. */
final class AuditRecorder implements PredictionRecorder {
    private final AuditLog log;

    AuditRecorder(AuditLog log) {
        this.log = log;
    }

    @Override
    public CompletableFuture<Void> answered(
            PredictionRequest ask, List<Picture> pictures, PredictionResponse answer) {
        CompletableFuture<?>[] kept = new CompletableFuture<?>[pictures.size()];
        for (int i = 0; i < kept.length; i++) {
            Finding finding = answer.findings().get(i);
            AuditDecision decision =
                    new AuditDecision(finding.label(), finding.probability(), finding.abstained());
            kept[i] = append(ask, pictures.get(i), answer.model(), 200, decision);
        }
        return freed(CompletableFuture.allOf(kept));
    }

    @Override
    public CompletableFuture<Void> refused(
            PredictionRequest ask,
            List<Picture> pictures,
            @Nullable ServedModel model,
            Refusal refusal) {
        int status = refusal.kind().status();
        return freed(
                CompletableFuture.allOf(
                        pictures.stream()
                                .map(picture -> append(ask, picture, model, status, null))
                                .toArray(CompletableFuture[]::new)));
    }

    /**
     * Continuations must not run on the log's writer thread: they would block all other records.
     */
    private static CompletableFuture<Void> freed(CompletableFuture<Void> kept) {
        return kept.whenCompleteAsync((done, lost) -> {});
    }

    private CompletableFuture<Void> append(
            PredictionRequest ask,
            Picture picture,
            @Nullable ServedModel model,
            int status,
            @Nullable AuditDecision decision) {
        // Neither the event loop nor the log's own thread reads whole pictures.
        return CompletableFuture.supplyAsync(() -> log.hash(ByteBuffer.wrap(picture.bytes())))
                .thenCompose(input -> log.append(event(ask, model, input, status, decision)));
    }

    private static AuditEvent event(
            PredictionRequest ask,
            @Nullable ServedModel model,
            InputHash input,
            int status,
            @Nullable AuditDecision decision) {
        return new AuditEvent(
                ask.requestId(),
                via(ask.operation()),
                ask.client(),
                model == null ? null : model.name(),
                model == null ? null : model.version(),
                model == null ? null : model.identity().digest(),
                input,
                status,
                decision);
    }

    private static Via via(String operation) {
        if (operation.equals(DicomNode.OPERATION)) {
            return Via.DICOMWEB;
        }
        return operation.startsWith("grpc ") ? Via.GRPC : Via.HTTP;
    }
}
