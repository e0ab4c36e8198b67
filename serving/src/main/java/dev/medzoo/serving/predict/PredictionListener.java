package dev.medzoo.serving.predict;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.translate.finding.Finding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Listens to the outcome of predictions. Workers call it, so it must not block. */
public interface PredictionListener {
    /**
     * A request was answered.
     *
     * @param start when the request arrived
     */
    default void answered(PredictionRequest request, PredictionResponse answer, Instant start) {}

    /**
     * A request was refused.
     *
     * @param model that was asked, or null when the request reached none
     */
    default void refused(
            PredictionRequest request,
            @Nullable ServedModel model,
            Refusal refusal,
            Instant start) {}

    /** A request was refused because its outcome could not be recorded. */
    default void unkept(PredictionRequest request) {}

    /** Shadow inference: the candidate has computed a picture that the stable version answered. */
    default void shadowed(ServedModel stable, Finding said, ServedModel candidate, Finding says) {}

    /** Shadow inference was dropped because the machine had no idle time. */
    default void shadowDropped(ServedModel candidate) {}

    /** Fans out to two listeners. */
    static PredictionListener both(PredictionListener one, PredictionListener other) {
        return new PredictionListener() {
            @Override
            public void answered(
                    PredictionRequest request, PredictionResponse answer, Instant start) {
                one.answered(request, answer, start);
                other.answered(request, answer, start);
            }

            @Override
            public void refused(
                    PredictionRequest request,
                    @Nullable ServedModel model,
                    Refusal refusal,
                    Instant start) {
                one.refused(request, model, refusal, start);
                other.refused(request, model, refusal, start);
            }

            @Override
            public void unkept(PredictionRequest request) {
                one.unkept(request);
                other.unkept(request);
            }

            @Override
            public void shadowed(
                    ServedModel stable, Finding said, ServedModel candidate, Finding says) {
                one.shadowed(stable, said, candidate, says);
                other.shadowed(stable, said, candidate, says);
            }

            @Override
            public void shadowDropped(ServedModel candidate) {
                one.shadowDropped(candidate);
                other.shadowDropped(candidate);
            }
        };
    }
}
