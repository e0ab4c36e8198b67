package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * {@code GET /ping} as DJL Serving answers it: for each model whether the workers of all its
 * versions are alive; pending or unhealthy models do not change the status. {@code GET /live} is
 * the liveness probe. {@code GET /ready} is the readiness probe: it fails until all models are
 * loaded, and again during shutdown.
 */
final class HealthRoutes {
    private final Health health;
    private final Compatibility compatibility;

    private record Readiness(String status, SortedMap<String, Map<String, String>> models) {}

    HealthRoutes(Health health, Compatibility compatibility) {
        this.health = health;
        this.compatibility = compatibility;
    }

    List<Route> all() {
        Set<String> methods = compatibility.isStrict() ? Set.of() : Set.of("GET");
        return List.of(
                Route.open(methods, "/ping", Handler.of(this::ping)),
                Route.open("GET", "/live", Handler.of(HealthRoutes::live)),
                Route.open("GET", "/ready", Handler.of(this::ready)));
    }

    private Reply ping(Request request) {
        SortedMap<String, Map<String, String>> models = health.byName();
        int status = 200;
        if (health.hasFailedTooOften()) {
            status = 503;
        } else if (Health.has(models, Health.FAILED)) {
            status = 500;
        } else if (Health.has(models, Health.PENDING) && compatibility.isMultiStatus()) {
            status = 207;
        }
        return Reply.json(status, models);
    }

    private static Reply live(Request request) {
        return Reply.ok(Map.of("status", "live"));
    }

    private Reply ready(Request request) {
        SortedMap<String, Map<String, String>> models = health.byName();
        boolean isReady =
                health.isReady()
                        || (compatibility.isStrict()
                                && !health.isLeaving()
                                && !Health.has(models, Health.FAILED)
                                && !Health.has(models, Health.UNHEALTHY));
        return Reply.json(
                isReady ? 200 : 503, new Readiness(isReady ? "ready" : "not ready", models));
    }
}
