package dev.medzoo.serving.watch;

import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;

/** The metrics of DJL Serving under their own names, times in microseconds. */
final class DjlMetrics {
    private static final Set<Kind> OF_WORKERS =
            Set.of(Kind.QUEUE_FULL, Kind.OVERLOADED, Kind.NO_WORKERS, Kind.NOT_READY);
    private static final double[] MICROS = {
        1e3, 5e3, 1e4, 2.5e4, 5e4, 1e5, 2.5e5, 5e5, 1e6, 2.5e6, 5e6, 1e7
    };

    private final Counter[] responses = new Counter[6];
    private final Counter wlmError;
    private final Counter serverError;
    private final Counter modelLoadingError;
    private final DistributionSummary loadModel;
    private final DistributionSummary queueTime;
    private final DistributionSummary requestLatency;
    private final DistributionSummary batchSize;

    DjlMetrics(MeterRegistry registry) {
        Counter.builder("DJLServingStart").register(registry).increment();
        long sinceStart =
                System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        registry.gauge("StartupLatency", sinceStart * 1000.0);
        for (int hundreds : new int[] {2, 4, 5}) {
            responses[hundreds] = Counter.builder("Response_" + hundreds + "XX").register(registry);
        }
        wlmError = Counter.builder("WlmError").register(registry);
        serverError = Counter.builder("ServerError").register(registry);
        modelLoadingError = Counter.builder("ModelLoadingError").register(registry);
        loadModel = micros(registry, "LoadModel");
        queueTime = micros(registry, "QueueTime");
        requestLatency = micros(registry, "RequestLatency");
        batchSize = DistributionSummary.builder("DynamicBatchSize").register(registry);
    }

    private static DistributionSummary micros(MeterRegistry registry, String name) {
        return DistributionSummary.builder(name).serviceLevelObjectives(MICROS).register(registry);
    }

    /** Whether a refusal is the workers' rather than the rest of the server's. */
    static boolean isOfWorkers(Kind kind) {
        return OF_WORKERS.contains(kind);
    }

    void answered(Reply reply, Duration time) {
        Counter counter = responses[Math.min(5, reply.status() / 100)];
        if (counter != null) {
            counter.increment();
        }
        Refusal refusal = reply.refusal();
        if (refusal != null && isOfWorkers(refusal.kind())) {
            wlmError.increment();
        } else if (refusal != null && refusal.kind() == Kind.FAILED) {
            serverError.increment();
        }
        requestLatency.record(time.toNanos() / 1e3);
    }

    void queued(Duration time) {
        queueTime.record(time.toNanos() / 1e3);
    }

    /** As there, only batches that are none are not counted. */
    void batch(int pictures) {
        if (pictures > 1) {
            batchSize.record(pictures);
        }
    }

    void workerDied() {
        wlmError.increment();
    }

    void loaded(Duration time) {
        loadModel.record(time.toNanos() / 1e3);
    }

    void loadFailed() {
        modelLoadingError.increment();
    }
}
