package dev.medzoo.serving.work;

import ai.djl.inference.Predictor;
import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import ai.djl.translate.TranslateException;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.NotFiniteException;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that the network computes in one batch. A picture whose preprocessing fails is refused
 * alone. A failure in the network refuses the whole batch.
 */
final class Batch {
    private static final Logger logger = LoggerFactory.getLogger(Batch.class);

    private final ServedVersion model;
    private final long startNanos = System.nanoTime();
    private final List<Ready> ready = new ArrayList<>();

    /** A job with its preprocessed picture, and the time that preprocessing took. */
    private record Ready(Job job, NetworkInput input, Duration preprocess) {}

    /**
     * @param model for messages
     */
    Batch(ServedVersion model) {
        this.model = model;
    }

    /**
     * Preprocesses the jobs that somebody still waits for.
     *
     * @param allOrNothing whether one bad picture fails the whole batch
     */
    void prepare(List<Job> jobs, Preparation preparation, boolean allOrNothing) {
        for (Job job : jobs) {
            if (!job.isWanted()) {
                continue;
            }
            Refusal refusal = prepare(job, preparation);
            if (refusal != null && allOrNothing) {
                jobs.forEach(each -> each.refuse(refusal));
                ready.clear();
                return;
            }
        }
    }

    /**
     * @return the refusal; null when preprocessing succeeded or nobody waits any more
     */
    private @Nullable Refusal prepare(Job job, Preparation preparation) {
        long from = System.nanoTime();
        Refusal refusal;
        try {
            NetworkInput input = job.picture().prepare(preparation.whileWanted(job::isWanted));
            ready.add(new Ready(job, input, Duration.ofNanos(System.nanoTime() - from)));
            return null;
        } catch (TranslateException e) {
            String message = e.getMessage();
            refusal = Refusal.unreadable(message == null ? "unreadable" : message);
        } catch (RefusedException e) {
            refusal = e.refusal();
        } catch (OutOfMemoryError e) {
            logger.error("{}: out of memory while preprocessing a picture", model, e);
            refusal = Refusal.outOfMemory();
        } catch (RuntimeException e) {
            logger.error("{}: preprocessing a picture failed", model, e);
            refusal = Refusal.failed("Preparation failed in model: " + model);
        }
        if (!job.isWanted()) {
            // Its deadline passed or its client left meanwhile: no fault of its picture.
            return null;
        }
        job.refuse(refusal);
        return refusal;
    }

    int size() {
        return ready.size();
    }

    /**
     * Runs the network and answers every job.
     *
     * @param computed called with the number of pictures before they are answered, so that the
     *     metrics already count an answer when its client sees it
     * @throws Error when the worker must end; its jobs are answered first
     */
    void predict(Predictor<NetworkInput, Finding> predictor, IntConsumer computed) {
        Metrics metrics = new Metrics();
        predictor.setMetrics(metrics);
        try {
            List<Finding> findings =
                    predictor.batchPredict(ready.stream().map(Ready::input).toList());
            Duration inference = total(metrics, "Inference");
            Duration postprocess = total(metrics, "Postprocess");
            computed.accept(ready.size());
            for (int i = 0; i < ready.size(); i++) {
                answer(ready.get(i), findings.get(i), inference, postprocess);
            }
        } catch (TranslateException | RuntimeException e) {
            if (NotFiniteException.isIn(e)) {
                refuseNotFinite(predictor, computed, e);
                return;
            }
            logger.error("{}: a batch of {} failed", model, ready.size(), e);
            refuseAll(Refusal.failed("Prediction failed in model: " + model));
        } catch (OutOfMemoryError e) {
            logger.error("{}: out of memory in a batch of {}", model, ready.size(), e);
            refuseAll(Refusal.outOfMemory());
        } catch (Error e) {
            refuseAll(Refusal.failed("Prediction failed in model: " + model));
            throw e;
        }
    }

    /** An input with non-finite output must not fail the others of its batch. */
    private void refuseNotFinite(
            Predictor<NetworkInput, Finding> predictor, IntConsumer computed, Exception why) {
        if (ready.size() == 1) {
            computed.accept(1);
            refuseAll(Refusal.unreadable(String.valueOf(why.getMessage())));
            return;
        }
        for (Ready each : ready) {
            Batch alone = new Batch(model);
            alone.ready.add(each);
            alone.predict(predictor, computed);
        }
    }

    private void answer(Ready one, Finding finding, Duration inference, Duration postprocess) {
        Duration queue = Duration.ofNanos(startNanos - one.job().arrivedNanos());
        one.job()
                .prediction()
                .complete(
                        new Prediction(
                                finding,
                                queue,
                                one.preprocess(),
                                inference,
                                postprocess,
                                ready.size()));
    }

    private void refuseAll(Refusal refusal) {
        ready.forEach(one -> one.job().refuse(refusal));
    }

    /** DJL measures microseconds, and divides them by the pictures of what it computed at once. */
    private Duration total(Metrics metrics, String name) {
        List<Metric> parts = metrics.getMetric(name);
        double micros =
                parts.stream()
                        .mapToDouble(part -> part.getValue().doubleValue())
                        .average()
                        .orElse(0);
        return Duration.ofNanos(Math.round(micros * ready.size() * 1000));
    }
}
