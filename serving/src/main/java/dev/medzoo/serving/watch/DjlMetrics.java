package dev.medzoo.serving.watch;

import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.work.Prediction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The metrics of DJL Serving under their own names, times in microseconds. */
final class DjlMetrics {
    private static final Set<Kind> OF_WORKERS =
            Set.of(Kind.QUEUE_FULL, Kind.OVERLOADED, Kind.NO_WORKERS, Kind.NOT_READY);
    private static final double[] MICROS = {
        1e3, 5e3, 1e4, 2.5e4, 5e4, 1e5, 2.5e5, 5e5, 1e6, 2.5e6, 5e6, 1e7
    };

    private static final String MODEL = "Model";

    private final MeterRegistry registry;
    private final String host = host();
    private final Map<String, AtomicLong> loadMicros = new ConcurrentHashMap<>();
    private final AtomicLong startMicros = new AtomicLong();

    // Kept at hand, as to find one in the registry takes longer than to count.
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> summaries = new ConcurrentHashMap<>();

    DjlMetrics(MeterRegistry registry) {
        this.registry = registry;
        String version = DjlMetrics.class.getPackage().getImplementationVersion();
        Counter.builder("DJLServingStart")
                .tag("Version", version == null ? "unpacked" : version)
                .register(registry)
                .increment();
        // Those that are alerted on are there from the start.
        for (int hundreds : new int[] {2, 4, 5}) {
            responses(hundreds);
        }
        host("WlmError");
        host("ServerError");
    }

    /** Whether a refusal counts as a failure of the workers. */
    static boolean isOfWorkers(Kind kind) {
        return OF_WORKERS.contains(kind);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private Counter host(String name) {
        return counters.computeIfAbsent(
                name, absent -> Counter.builder(name).tag("Host", host).register(registry));
    }

    private Counter responses(int hundreds) {
        return host("Response_" + hundreds + "XX");
    }

    private DistributionSummary micros(String name, String model) {
        return summaries.computeIfAbsent(
                name + " " + model,
                absent ->
                        DistributionSummary.builder(name)
                                .tag(MODEL, model)
                                .serviceLevelObjectives(MICROS)
                                .register(registry));
    }

    void started() {
        long millis =
                System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        startMicros.set(TimeUnit.MILLISECONDS.toMicros(millis));
        Gauge.builder("StartupLatency", startMicros, AtomicLong::get)
                .tag("Host", host)
                .register(registry);
    }

    void answered(String model, List<Prediction> predictions, Duration time) {
        responses(2).increment();
        micros("RequestLatency", model).record(time.toNanos() / 1e3);
        for (Prediction each : predictions) {
            micros("QueueTime", model).record(each.queue().toNanos() / 1e3);
        }
    }

    /** As in DJL Serving, unread responses are not counted. */
    void refused(Kind kind) {
        if (kind == Kind.CLIENT_GONE) {
            return;
        }
        responses(kind.status() / 100).increment();
        if (isOfWorkers(kind)) {
            host("WlmError").increment();
        } else if (kind == Kind.FAILED) {
            host("ServerError").increment();
        }
    }

    /** As in DJL Serving, batches of one are not counted. */
    void batch(String model, int pictures) {
        if (pictures > 1) {
            DistributionSummary.builder("DynamicBatchSize")
                    .tag(MODEL, model)
                    .register(registry)
                    .record(pictures);
        }
    }

    void workerDied() {
        host("WlmError").increment();
    }

    /** Both names have the same time, since loading includes verification and warm-up. */
    void loaded(String model, Duration time) {
        AtomicLong micros =
                loadMicros.computeIfAbsent(
                        model,
                        name -> {
                            AtomicLong value = new AtomicLong();
                            gauge("LoadModel", name, value);
                            gauge("RegisterWorkflow", name, value);
                            return value;
                        });
        micros.set(TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
    }

    private void gauge(String name, String model, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).tag(MODEL, model).register(registry);
    }

    void loadFailed() {
        host("ModelLoadingError").increment();
    }
}
