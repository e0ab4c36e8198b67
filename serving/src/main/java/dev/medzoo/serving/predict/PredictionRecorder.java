package dev.medzoo.serving.predict;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.Picture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Records each request and its outcome. No answer is sent before its record is written. */
public interface PredictionRecorder {
    /** Records nothing. */
    PredictionRecorder NONE =
            new PredictionRecorder() {
                @Override
                public CompletableFuture<Void> answered(
                        PredictionRequest request,
                        List<Picture> pictures,
                        PredictionResponse answer) {
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public CompletableFuture<Void> refused(
                        PredictionRequest request,
                        List<Picture> pictures,
                        @Nullable ServedModel model,
                        Refusal refusal) {
                    return CompletableFuture.completedFuture(null);
                }
            };

    /**
     * Records an answer.
     *
     * @return completed when it is kept for good
     */
    CompletableFuture<Void> answered(
            PredictionRequest request, List<Picture> pictures, PredictionResponse answer);

    /**
     * Records a refusal.
     *
     * @param model that it was meant for, or null when there is none
     * @return completed when it is kept for good
     */
    CompletableFuture<Void> refused(
            PredictionRequest request,
            List<Picture> pictures,
            @Nullable ServedModel model,
            Refusal refusal);
}
