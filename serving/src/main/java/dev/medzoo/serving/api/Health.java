package dev.medzoo.serving.api;

import dev.medzoo.serving.http.InFlight;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.traffic.ServedSnapshot;
import dev.medzoo.serving.work.ServedVersion;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Health of the models, in DJL Serving's format. */
public final class Health {
    static final String FAILED = "FAILED";
    static final String PENDING = "PENDING";
    static final String UNHEALTHY = "Unhealthy";

    private static final String HEALTHY = "Healthy";

    private final ServedModels models;
    private final InFlight inFlight;
    private final BooleanSupplier hasFailedTooOften;

    /**
     * That of those models.
     *
     * @param hasFailedTooOften whether an error rate exceeded its limit, so that clients should use
     *     another server
     */
    public Health(ServedModels models, InFlight inFlight, BooleanSupplier hasFailedTooOften) {
        this.models = models;
        this.inFlight = inFlight;
        this.hasFailedTooOften = hasFailedTooOften;
    }

    /** Whether the server is about to stop. */
    boolean isLeaving() {
        return inFlight.isLeaving();
    }

    boolean hasFailedTooOften() {
        return hasFailedTooOften.getAsBoolean();
    }

    /** Whether every model is loaded, its workers are alive and the server is not stopping. */
    public boolean isReady() {
        SortedMap<String, Map<String, String>> now = byName();
        return !isLeaving()
                && !hasFailedTooOften()
                && !has(now, FAILED)
                && !has(now, PENDING)
                && !has(now, UNHEALTHY);
    }

    /**
     * Status by name: the worst of its versions. A new version that fails does not make a served
     * name fail.
     */
    SortedMap<String, Map<String, String>> byName() {
        ServedSnapshot snapshot = models.now();
        SortedMap<String, Map<String, String>> health = new TreeMap<>();
        snapshot.failed().keySet().forEach(each -> put(health, each, FAILED));
        snapshot.loading().forEach(each -> put(health, each, PENDING));
        SortedMap<String, Map<String, String>> served = new TreeMap<>();
        for (ServedModel model : snapshot.models().values()) {
            String status = model.pool().isHealthy() ? HEALTHY : UNHEALTHY;
            served.merge(
                    model.name(),
                    Map.of("status", status),
                    (one, other) -> one.containsValue(HEALTHY) ? other : one);
        }
        health.putAll(served);
        return health;
    }

    static boolean has(SortedMap<String, Map<String, String>> health, String status) {
        return health.values().stream().anyMatch(each -> each.containsValue(status));
    }

    private static void put(
            SortedMap<String, Map<String, String>> health, ServedVersion model, String status) {
        health.put(model.name(), Map.of("status", status));
    }
}
