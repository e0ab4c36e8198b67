package dev.medzoo.serving.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.traffic.ServedSnapshot;
import dev.medzoo.serving.work.ServedVersion;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /models}, a page at a time, and {@code GET /models/{model}[/{version}]}, which
 * describes every version when it names none.
 */
final class ModelRoutes {
    private static final int LARGEST_PAGE = 100;

    private final ServedModels models;
    private final Compatibility compatibility;

    private record Page(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextPageToken,
            List<Item> models) {}

    private record Item(
            String modelName,
            String version,
            String modelUrl,
            String status,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason) {}

    ModelRoutes(ServedModels models, Compatibility compatibility) {
        this.models = models;
        this.compatibility = compatibility;
    }

    List<Route> all() {
        return List.of(
                Route.of(Role.OBSERVE, "GET", "/models", Handler.of(this::page)),
                Route.of(Role.OBSERVE, "GET", "/models/{model}", Handler.of(this::describe)),
                Route.of(
                        Role.OBSERVE,
                        "GET",
                        "/models/{model}/{version}",
                        Handler.of(this::describe)));
    }

    private Reply page(Request request) throws RefusedException {
        List<Item> all = List.copyOf(items(models.now()));
        ManagementParameters parameters =
                ManagementParameters.of(request, compatibility.badNumber());
        int limit = limit(parameters);
        int from = Math.min(all.size(), parameters.number("next_page_token", 0).orElse(0));
        int to = Math.min(all.size(), from + limit);
        String next = to < all.size() ? String.valueOf(to) : null;
        return Reply.ok(new Page(next, all.subList(from, to)));
    }

    /** A page of none is DJL Serving's for 0, and a client that follows it never ends. */
    private int limit(ManagementParameters parameters) throws RefusedException {
        int lowest = compatibility.isStrict() ? Integer.MIN_VALUE : 1;
        int limit = parameters.number("limit", lowest).orElse(LARGEST_PAGE);
        return limit < 0 ? LARGEST_PAGE : Math.min(LARGEST_PAGE, limit);
    }

    /** In the order of their names; what runs is ready, also when the index wants another. */
    private static Collection<Item> items(ServedSnapshot snapshot) {
        SortedMap<ServedVersion, Item> items = new TreeMap<>();
        snapshot.loading().forEach(each -> items.put(each, absent(each, "PENDING", null)));
        snapshot.failed().forEach((each, why) -> items.put(each, absent(each, "FAILED", why)));
        snapshot.models()
                .forEach(
                        (each, model) ->
                                items.put(each, served(model, snapshot.failed().get(each))));
        return items.values();
    }

    private static Item served(ServedModel model, @Nullable String why) {
        String status = model.pool().isHealthy() ? "READY" : "FAILED";
        return new Item(model.name(), model.version(), model.url(), status, why);
    }

    private static Item absent(ServedVersion model, String status, @Nullable String why) {
        return new Item(model.name(), model.version(), "medzoo://" + model, status, why);
    }

    private Reply describe(Request request) throws RefusedException {
        String version = request.optionalVariable("version");
        ServedSnapshot snapshot = models.now();
        return Reply.ok(
                models.matching(request.variable("model"), version).stream()
                        .map(model -> ModelDescription.of(model, snapshot))
                        .toList());
    }
}
