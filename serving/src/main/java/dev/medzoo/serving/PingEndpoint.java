package dev.medzoo.serving;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /ping}: for each model whether the workers of all its versions live, revoked ones
 * apart. As in DJL Serving a model that is unhealthy does not change the status, which is 200.
 */
final class PingEndpoint implements Endpoint {
    private final ServedModels models;

    PingEndpoint(ServedModels models) {
        this.models = models;
    }

    @Override
    public boolean owns(List<String> path) {
        return path.equals(List.of("ping"));
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    @Override
    public CompletableFuture<Reply> answer(Request request) {
        SortedMap<String, Map<String, String>> health = new TreeMap<>();
        for (ServedModel model : models.all()) {
            if (model.revoked() == null) {
                health.merge(
                        model.identity().name(),
                        Map.of("status", model.health()),
                        (one, other) -> one.containsValue(WorkerPool.HEALTHY) ? other : one);
            }
        }
        return CompletableFuture.completedFuture(Reply.ok(health));
    }
}
