package dev.medzoo.serving.api;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.watch.Logging;
import dev.medzoo.serving.watch.MetricsPage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /metrics}; {@code GET /server/metrics}, which DJL Serving has only where its setting
 * says so; {@code /server/logging}, which changes what is logged; {@code GET /openapi.json}; and
 * what is said of workflows, which this server has none of.
 */
final class ServerRoutes {
    private static final String DOCUMENT = "openapi.json";

    private final MetricsPage metrics;
    private final boolean isPrometheus;
    private final byte[] document;

    ServerRoutes(MetricsPage metrics, boolean isPrometheus) {
        this.metrics = metrics;
        this.isPrometheus = isPrometheus;
        this.document = Resource.bytes(DOCUMENT);
    }

    List<Route> all() {
        Handler noWorkflows = Handler.of(ServerRoutes::noWorkflows);
        return List.of(
                Route.of(Role.OBSERVE, "GET", "/metrics", Handler.of(this::page)),
                Route.of(Role.OBSERVE, "GET", "/server/metrics", Handler.of(this::djlPage)),
                new Route(
                        Role.MANAGE,
                        Set.of("POST", "PUT"),
                        "/server/logging",
                        Handler.of(ServerRoutes::logging)),
                Route.open("GET", "/openapi.json", Handler.of(this::document)),
                Route.open(Set.of(), "/workflows", noWorkflows),
                Route.open(Set.of(), "/workflows/{rest...}", noWorkflows));
    }

    private Reply page(Request request) {
        Set<String> names = Set.copyOf(request.parameters("name[]"));
        return Reply.text(200, MetricsPage.CONTENT_TYPE, metrics.text(names), Map.of());
    }

    private Reply djlPage(Request request) throws RefusedException {
        if (!isPrometheus) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "prometheus: false (expected: true, by SERVING_PROMETHEUS; /metrics has the same)"));
        }
        return page(request);
    }

    private static Reply logging(Request request) throws RefusedException {
        String level = request.parameter("level").orElse("info").toUpperCase(Locale.ROOT);
        if (!Logging.set(level)) {
            throw new RefusedException(
                    Refusal.badRequest(
                            "level: %s (expected one of: %s)".formatted(level, Logging.LEVELS)));
        }
        return Reply.ok(Map.of("status", "OK"));
    }

    private Reply document(Request request) {
        return Reply.text(200, Reply.JSON, new String(document, StandardCharsets.UTF_8), Map.of());
    }

    private static Reply noWorkflows(Request request) throws RefusedException {
        throw new RefusedException(
                new Refusal(
                        Kind.UNKNOWN_PATH,
                        "workflows: not on this server (expected: a model, at /predictions/{model})"));
    }
}
