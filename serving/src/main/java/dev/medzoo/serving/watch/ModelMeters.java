package dev.medzoo.serving.watch;

import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.ExplanationResult;
import dev.medzoo.serving.work.Prediction;
import dev.medzoo.serving.work.WorkerPool;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.OutOfDistribution;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Metrics of one served model version. */
final class ModelMeters {
    /** Exponentially weighted mean over about the latest fifty pictures. */
    private static final double NEW = 0.02;

    private final MeterRegistry registry;
    private final ServedModel model;
    private final List<Meter> meters = new ArrayList<>();
    private final Timer queue;
    private final Timer preprocess;
    private final Timer inference;
    private final Timer postprocess;
    private final Timer total;
    private final Timer explanation;
    private final DistributionSummary batch;
    private double confidence = Double.NaN;
    private double abstained = Double.NaN;
    private double strangeness = Double.NaN;
    private double beyond = Double.NaN;

    ModelMeters(MeterRegistry registry, ServedModel model) {
        this.registry = registry;
        this.model = model;
        Tags tags = Tags.of("model", model.name(), "version", model.version());
        queue = timer("medzoo.queue", "From a picture's arrival to its batch's start", tags);
        preprocess = timer("medzoo.preprocess", "Decoding and transforming a picture", tags);
        inference = timer("medzoo.inference", "The network, for a whole batch", tags);
        postprocess = timer("medzoo.postprocess", "From logits to findings, for a batch", tags);
        total = timer("medzoo.total", "From a request's arrival to its answer", tags);
        explanation = timer("medzoo.explanation", "An explanation's map and drawing", tags);
        batch = batch(tags);
        WorkerPool pool = model.pool();
        gauge(
                "medzoo.queue.depth",
                "Pictures that wait in the queue",
                tags,
                pool,
                WorkerPool::waiting);
        gauge("medzoo.workers", "Workers", tags, pool, each -> each.workers().size());
        gauge(
                "medzoo.workers.max",
                "Largest number of workers",
                tags,
                pool,
                p -> p.options().maxWorkers());
        gauge(
                "medzoo.expected.wait.seconds",
                "Estimated wait for a worker of a picture that arrives now",
                tags,
                pool,
                each -> each.expectedWait().toNanos() / 1e9);
        gauge(
                "medzoo.confidence",
                "Mean probability of the named class, latest pictures",
                tags,
                this,
                each -> each.confidence);
        gauge(
                "medzoo.abstained.ratio",
                "Share of the latest pictures on which the model abstained",
                tags,
                this,
                each -> each.abstained);
        gauge(
                "medzoo.out.of.distribution.score",
                "Mean unlikeness to the training pictures, latest pictures",
                tags,
                this,
                each -> each.strangeness);
        gauge(
                "medzoo.out.of.distribution.ratio",
                "Share of the latest pictures beyond the threshold",
                tags,
                this,
                each -> each.beyond);
    }

    /** Removes only its own gauges, not those of a successor with the same name and version. */
    boolean areOf(ServedModel other) {
        return model.equals(other);
    }

    void answered(List<Prediction> predictions, Duration time) {
        if (predictions.stream().allMatch(each -> each.explained() == null)) {
            total.record(time);
        }
        for (Prediction each : predictions) {
            ExplanationResult explained = each.explained();
            if (explained != null) {
                // Of the same picture as a prediction, mostly: it says nothing new of drift.
                explanation.record(explained.time());
                continue;
            }
            queue.record(each.queue());
            preprocess.record(each.preprocess());
            inference.record(each.inference());
            postprocess.record(each.postprocess());
            drift(each.finding());
        }
    }

    void batch(int pictures) {
        batch.record(pictures);
    }

    private synchronized void drift(Finding finding) {
        confidence = mean(confidence, finding.probability());
        abstained = mean(abstained, finding.abstained() ? 1 : 0);
        OutOfDistribution judged = finding.outOfDistribution();
        if (judged != null) {
            strangeness = mean(strangeness, judged.score());
            beyond = mean(beyond, judged.beyond() ? 1 : 0);
        }
    }

    private static double mean(double before, double now) {
        return Double.isNaN(before) ? now : (1 - NEW) * before + NEW * now;
    }

    private Timer timer(String name, String about, Tags tags) {
        Timer timer =
                Timer.builder(name)
                        .description(about)
                        .tags(tags)
                        .serviceLevelObjectives(ServerMetrics.BUCKETS)
                        .register(registry);
        meters.add(timer);
        return timer;
    }

    private DistributionSummary batch(Tags tags) {
        DistributionSummary summary =
                DistributionSummary.builder("medzoo.batch.size")
                        .description("Pictures in a batch")
                        .tags(tags)
                        .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
                        .register(registry);
        meters.add(summary);
        return summary;
    }

    private <T> void gauge(String name, String about, Tags tags, T of, ToDoubleFunction<T> value) {
        meters.add(Gauge.builder(name, of, value).description(about).tags(tags).register(registry));
    }

    /** Removes the metrics. */
    void remove() {
        meters.forEach(registry::remove);
    }
}
