package dev.medzoo.serving.predict;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.Picture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps who asked what and what was answered. No answer goes out before it is kept. */
public interface PredictionRecorder {
    /** Keeps nothing. */
    PredictionRecorder NONE =
            new PredictionRecorder() {
                @Override
                public CompletableFuture<Void> answered(
                        PredictionRequest ask, List<Picture> pictures, PredictionResponse answer) {
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public CompletableFuture<Void> refused(
                        PredictionRequest ask,
                        List<Picture> pictures,
                        @Nullable ServedModel model,
                        Refusal refusal) {
                    return CompletableFuture.completedFuture(null);
                }
            };

    /**
     * Keeps an answer.
     *
     * @return completed when it is kept for good
     */
    CompletableFuture<Void> answered(
            PredictionRequest ask, List<Picture> pictures, PredictionResponse answer);

    /**
     * Keeps a refusal.
     *
     * @param model that it was meant for, or null when there is none
     * @return completed when it is kept for good
     */
    CompletableFuture<Void> refused(
            PredictionRequest ask,
            List<Picture> pictures,
            @Nullable ServedModel model,
            Refusal refusal);
}
