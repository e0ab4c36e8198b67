package dev.medzoo.serving.watch;

import dev.medzoo.serving.http.ConnectionLimit;
import dev.medzoo.serving.http.ExchangeListener;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.RequestHead;
import dev.medzoo.serving.predict.PredictionListener;
import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.traffic.LoadListener;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.work.PoolListener;
import dev.medzoo.serving.work.ServedVersion;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.ModelIdentity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the metrics of {@code GET /metrics}. {@code docs/operations.md} lists their names. DJL
 * Serving's are in {@link DjlMetrics}.
 */
public final class ServerMetrics
        implements ExchangeListener,
                PoolListener,
                LoadListener,
                PredictionListener,
                MetricsPage,
                AutoCloseable {
    /** Histogram buckets of all durations: from decoding a small picture to the longest timeout. */
    static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final DjlMetrics djl = new DjlMetrics(registry);
    private final ShadowMeters shadows = new ShadowMeters(registry);
    private final ProcessMetrics process = new ProcessMetrics(registry);
    private final Counter auditFailures =
            Counter.builder("medzoo.audit.failures")
                    .description("Predictions refused because the audit log could not record them")
                    .register(registry);
    private final Map<ServedVersion, ModelMeters> models = new ConcurrentHashMap<>();

    // Kept at hand, as to find one in the registry takes a good part of what a refusal costs.
    private final Map<Answered, Counter> answers = new ConcurrentHashMap<>();
    private final Map<String, Timer> times = new ConcurrentHashMap<>();
    private final Map<Refusal.Kind, Counter> refusals = new ConcurrentHashMap<>();
    private final Map<Predicted, Counter> predictions = new ConcurrentHashMap<>();

    /** Labels of HTTP responses. */
    private record Answered(String method, String route, int status) {}

    /** Labels of predictions. */
    private record Predicted(ModelIdentity model, int status) {}

    @Override
    public String text(Set<String> names) {
        if (names.isEmpty()) {
            return registry.scrape();
        }
        // As they stand on the page; the registry knows its metrics without these endings.
        Set<String> metrics = new HashSet<>(names);
        names.forEach(each -> metrics.add(each.replaceFirst("_(total|bucket|count|sum)$", "")));
        return registry.scrape("text/plain; version=0.0.4", metrics);
    }

    /** All models are loaded, or are loading in the background, and all ports are open. */
    public void started() {
        djl.started();
    }

    /** Adds the connection metrics of an address. */
    public void watch(ConnectionLimit connections, String address) {
        Gauge.builder("medzoo.connections", connections, ConnectionLimit::open)
                .description("Connections that are open")
                .tag("address", address)
                .register(registry);
        FunctionCounter.builder("medzoo.connections.refused", connections, ConnectionLimit::refused)
                .description("Connections closed because too many were open")
                .tag("address", address)
                .register(registry);
    }

    /** Adds the metrics of the DICOMweb node. */
    public void watchNode(Supplier<NodeSnapshot> node) {
        NodeMeters.register(registry, node);
    }

    /** Adds the expiry of the server's certificate. */
    public void watchCertificate(Supplier<Instant> end) {
        Gauge.builder("medzoo.certificate.expiry.timestamp", () -> end.get().getEpochSecond())
                .description("When the server's certificate expires, in seconds since 1970")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void answered(RequestHead head, @Nullable Request request, Reply reply, Duration time) {
        String route = AccessLog.route(request);
        answers.computeIfAbsent(
                        new Answered(head.knownMethod(), route, reply.status()), this::answers)
                .increment();
        times.computeIfAbsent(route, this::times).record(time);
        Refusal refusal = reply.refusal();
        if (refusal != null) {
            refusals.computeIfAbsent(refusal.kind(), this::refusals).increment();
        }
    }

    private Counter answers(Answered each) {
        return Counter.builder("medzoo.http.requests")
                .description("Answers over HTTP, including refusals")
                .tag("method", each.method())
                .tag("route", each.route())
                .tag("status", String.valueOf(each.status()))
                .register(registry);
    }

    private Timer times(String route) {
        return Timer.builder("medzoo.http.request")
                .description("From a request's first line to its answer")
                .tag("route", route)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter refusals(Refusal.Kind kind) {
        return Counter.builder("medzoo.refusals")
                .description("Requests over HTTP that were refused, by reason")
                .tag("reason", kind.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void abandoned(Request request) {
        Counter.builder("medzoo.http.abandoned")
                .description("Requests over HTTP whose client left before the answer")
                .tag("route", AccessLog.route(request))
                .register(registry)
                .increment();
    }

    @Override
    public void batch(ServedVersion model, int pictures) {
        ModelMeters meters = models.get(model);
        if (meters != null) {
            meters.batch(pictures);
        }
        djl.batch(model.name(), pictures);
    }

    @Override
    public void died(ServedVersion model) {
        deaths(model.name()).increment();
        djl.workerDied();
    }

    private Counter deaths(String model) {
        return Counter.builder("medzoo.worker.deaths")
                .description("Workers that died of an engine error")
                .tag("model", model)
                .register(registry);
    }

    @Override
    public void loaded(ServedModel model, Duration time) {
        ModelMeters before = models.remove(model.reference());
        if (before != null) {
            // It was unregistered, and may still answer what it had.
            before.remove();
        }
        models.put(model.reference(), new ModelMeters(registry, model));
        loads(model.name(), "success").increment();
        // There from now on: Prometheus sees no increase in a series that begins with one.
        loads(model.name(), "failure");
        deaths(model.name());
        Timer.builder("medzoo.load")
                .description("Verifying, loading and warming a version")
                .tag("model", model.name())
                .register(registry)
                .record(time);
        djl.loaded(model.name(), time);
    }

    @Override
    public void failed(ServedVersion model, String why) {
        loads(model.name(), "failure").increment();
        djl.loadFailed();
    }

    private Counter loads(String model, String outcome) {
        return Counter.builder("medzoo.loads")
                .description("Versions that were loaded or failed to load")
                .tag("model", model)
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void gone(ServedModel model) {
        models.computeIfPresent(
                model.reference(),
                (version, meters) -> {
                    if (!meters.areOf(model)) {
                        return meters;
                    }
                    meters.remove();
                    return null;
                });
    }

    @Override
    public void answered(PredictionRequest request, PredictionResponse answer, Instant start) {
        ServedModel model = answer.model();
        requests(model, 200);
        Duration time = Duration.between(start, Instant.now());
        ModelMeters meters = models.get(model.reference());
        if (meters != null) {
            meters.answered(answer.predictions(), time);
        }
        djl.answered(model.name(), answer.predictions(), time);
    }

    @Override
    public void refused(
            PredictionRequest request,
            @Nullable ServedModel model,
            Refusal refusal,
            Instant start) {
        if (model != null) {
            requests(model, refusal.kind().status());
        }
        djl.refused(refusal.kind());
    }

    @Override
    public void unkept(PredictionRequest request) {
        auditFailures.increment();
    }

    private void requests(ServedModel model, int status) {
        predictions
                .computeIfAbsent(new Predicted(model.identity(), status), this::predictions)
                .increment();
    }

    private Counter predictions(Predicted each) {
        return Counter.builder("medzoo.requests")
                .description("Predictions, over HTTP and gRPC")
                .tag("model", each.model().name())
                .tag("version", each.model().version())
                .tag("digest", each.model().digest())
                .tag("status", String.valueOf(each.status()))
                .register(registry);
    }

    @Override
    public void shadowed(ServedModel stable, Finding said, ServedModel candidate, Finding says) {
        shadows.compared(said, candidate, says);
    }

    @Override
    public void shadowDropped(ServedModel candidate) {
        shadows.dropped(candidate);
    }

    @Override
    public void close() {
        process.close();
        registry.close();
    }
}
