package dev.medzoo.serving.work;

import ai.djl.ModelException;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.NotFiniteException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.explain.Explainer;
import dev.medzoo.zoo.explain.Explanation;
import dev.medzoo.zoo.explain.Overlay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job with an explanation. The worker's own predictor computes the finding first, so that it
 * equals that of a prediction. Then the heat map is computed, in one step or several. The job stops
 * between two steps when nobody waits any more.
 */
final class ExplanationJob {
    private static final Logger logger = LoggerFactory.getLogger(ExplanationJob.class);

    private final ServedVersion model;
    private final Job job;
    private final ExplanationRequest wish;
    private final Preparation preparation;
    private final Explainer explainer;
    private final long startNanos = System.nanoTime();

    /**
     * @param model for messages
     */
    ExplanationJob(
            ServedVersion model,
            Job job,
            ExplanationRequest wish,
            Preparation preparation,
            Explainer explainer) {
        this.model = model;
        this.job = job;
        this.wish = wish;
        this.preparation = preparation.whileWanted(job::isWanted);
        this.explainer = explainer;
    }

    /**
     * Computes and answers.
     *
     * @param goesOn asked between two steps of an explanation that takes several
     * @param computed run before the job is answered, so that the metrics already count it when its
     *     client sees the answer
     * @throws Error when the worker must end; its job is answered first
     */
    void run(
            Predictor<NetworkInput, Finding> predictor, BooleanSupplier goesOn, Runnable computed) {
        try {
            NetworkInput input = job.picture().prepare(preparation);
            long prepared = System.nanoTime();
            if (job.isWanted()) {
                Finding finding = finding(predictor, input);
                long found = System.nanoTime();
                if (job.isWanted()) {
                    ExplanationResult explained = explained(input, finding, goesOn, found);
                    computed.run();
                    answer(finding, prepared, found, explained);
                }
            }
        } catch (TranslateException e) {
            job.refuse(Refusal.unreadable(String.valueOf(e.getMessage())));
        } catch (RefusedException e) {
            job.refuse(e.refusal());
        } catch (CancellationException e) {
            // Unless its client is gone, the server stops.
            job.refuse(Refusal.stopping());
        } catch (OutOfMemoryError e) {
            logger.error("{}: out of memory in an explanation", model, e);
            job.refuse(Refusal.outOfMemory());
        } catch (ModelException | IOException | RuntimeException e) {
            logger.error("{}: explanation failed", model, e);
            job.refuse(failed());
        } catch (Error e) {
            job.refuse(failed());
            throw e;
        }
    }

    /** A failure of the engine is not the picture's fault. */
    private Finding finding(Predictor<NetworkInput, Finding> predictor, NetworkInput input)
            throws TranslateException {
        try {
            return predictor.predict(input);
        } catch (TranslateException e) {
            if (NotFiniteException.isIn(e)) {
                throw e;
            }
            throw new IllegalStateException(e);
        }
    }

    private ExplanationResult explained(
            NetworkInput input, Finding finding, BooleanSupplier goesOn, long from)
            throws IOException, ModelException, TranslateException, RefusedException {
        Explanation explanation = explainer.explain(input, finding, wish.options(), goesOn);
        ByteBuffer png = null;
        if (wish.isDrawn()) {
            png =
                    ByteBuffer.wrap(
                            Overlay.png(
                                    explanation,
                                    job.picture().shown(preparation, Overlay.LONGEST_SIDE)));
        }
        return new ExplanationResult(explanation, png, Duration.ofNanos(System.nanoTime() - from));
    }

    private void answer(Finding finding, long prepared, long found, ExplanationResult explained) {
        job.prediction()
                .complete(
                        new Prediction(
                                finding,
                                Duration.ofNanos(startNanos - job.arrivedNanos()),
                                Duration.ofNanos(prepared - startNanos),
                                Duration.ofNanos(found - prepared),
                                Duration.ZERO,
                                1,
                                explained));
    }

    private Refusal failed() {
        return Refusal.failed("Explanation failed in model: " + model);
    }
}
