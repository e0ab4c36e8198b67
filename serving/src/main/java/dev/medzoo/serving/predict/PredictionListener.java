package dev.medzoo.serving.predict;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.translate.finding.Finding;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Told how predictions went. Called by workers, so it must not wait. */
public interface PredictionListener {
    /**
     * A request was answered.
     *
     * @param start when it was asked
     */
    default void answered(PredictionRequest ask, PredictionResponse answer, Instant start) {}

    /**
     * A request was refused.
     *
     * @param model that it was meant for, or null when there is none
     */
    default void refused(
            PredictionRequest ask, @Nullable ServedModel model, Refusal refusal, Instant start) {}

    /** What became of a request could not be kept, so it was refused. */
    default void unkept(PredictionRequest ask) {}

    /** The candidate has computed what the stable version has answered. */
    default void shadowed(ServedModel stable, Finding said, ServedModel candidate, Finding says) {}

    /** The candidate had no time to compute it. */
    default void shadowDropped(ServedModel candidate) {}

    /** Tells two. */
    static PredictionListener both(PredictionListener one, PredictionListener other) {
        return new PredictionListener() {
            @Override
            public void answered(PredictionRequest ask, PredictionResponse answer, Instant start) {
                one.answered(ask, answer, start);
                other.answered(ask, answer, start);
            }

            @Override
            public void refused(
                    PredictionRequest ask,
                    @Nullable ServedModel model,
                    Refusal refusal,
                    Instant start) {
                one.refused(ask, model, refusal, start);
                other.refused(ask, model, refusal, start);
            }

            @Override
            public void unkept(PredictionRequest ask) {
                one.unkept(ask);
                other.unkept(ask);
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
