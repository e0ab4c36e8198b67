package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Access;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.InFlight;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.traffic.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code GET /ping} as DJL Serving answers it: for each model whether the workers of all its
 * versions live; what is pending or unhealthy does not change the status. {@code GET /live} says
 * that the process answers, {@code GET /ready} whether it should be sent requests: not before all
 * models are loaded, nor once it stops.
 */
final class HealthRoutes {
    private static final String HEALTHY = "Healthy";
    private static final String UNHEALTHY = "Unhealthy";
    private static final String PENDING = "PENDING";
    private static final String FAILED = "FAILED";

    private final ServedModels models;
    private final InFlight inFlight;
    private final Compatibility compatibility;

    private record Readiness(String status, SortedMap<String, Map<String, String>> models) {}

    HealthRoutes(ServedModels models, InFlight inFlight, Compatibility compatibility) {
        this.models = models;
        this.inFlight = inFlight;
        this.compatibility = compatibility;
    }

    List<Route> all() {
        Set<String> methods = compatibility.isStrict() ? Set.of() : Set.of("GET");
        return List.of(
                new Route(Access.OPEN, methods, "/ping", Handler.of(this::ping)),
                Route.of(Access.OPEN, "GET", "/live", Handler.of(HealthRoutes::live)),
                Route.of(Access.OPEN, "GET", "/ready", Handler.of(this::ready)));
    }

    private Reply ping(Request request) {
        SortedMap<String, Map<String, String>> health = health(models.now());
        int status = 200;
        if (has(health, FAILED)) {
            status = 500;
        } else if (has(health, PENDING) && compatibility.isMultiStatus()) {
            status = 207;
        }
        return Reply.json(status, health);
    }

    private static Reply live(Request request) {
        return Reply.ok(Map.of("status", "live"));
    }

    private Reply ready(Request request) {
        SortedMap<String, Map<String, String>> health = health(models.now());
        boolean isReady = isReady(health) || (compatibility.isStrict() && !has(health, FAILED));
        return Reply.json(
                isReady ? 200 : 503, new Readiness(isReady ? "ready" : "not ready", health));
    }

    private boolean isReady(SortedMap<String, Map<String, String>> health) {
        return !inFlight.isStopping()
                && !has(health, FAILED)
                && !has(health, PENDING)
                && !has(health, UNHEALTHY);
    }

    /** Whether every model is loaded and its workers live, and the server does not stop. */
    static boolean isReady(ServedModels models, InFlight inFlight, Compatibility compatibility) {
        HealthRoutes routes = new HealthRoutes(models, inFlight, compatibility);
        return routes.isReady(health(models.now()));
    }

    private static boolean has(SortedMap<String, Map<String, String>> health, String status) {
        return health.values().stream().anyMatch(each -> each.containsValue(status));
    }

    /** By name; the worst of its versions. A name that answers is not failed by a new version. */
    private static SortedMap<String, Map<String, String>> health(Table table) {
        SortedMap<String, Map<String, String>> health = new TreeMap<>();
        table.failed().keySet().forEach(each -> put(health, each, FAILED));
        table.loading().forEach(each -> put(health, each, PENDING));
        SortedMap<String, Map<String, String>> served = new TreeMap<>();
        for (ServedModel model : table.models().values()) {
            String status = model.pool().isHealthy() ? HEALTHY : UNHEALTHY;
            served.merge(
                    model.name(),
                    Map.of("status", status),
                    (one, other) -> one.containsValue(HEALTHY) ? other : one);
        }
        health.putAll(served);
        return health;
    }

    private static void put(
            SortedMap<String, Map<String, String>> health, String reference, String status) {
        health.put(reference.replaceFirst("/.*", ""), Map.of("status", status));
    }
}
