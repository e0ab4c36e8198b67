package dev.medzoo.serving.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.serving.http.Access;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.traffic.Table;
import java.util.ArrayList;
import java.util.List;
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
                Route.of(Access.OBSERVE, "GET", "/models", Handler.of(this::page)),
                Route.of(Access.OBSERVE, "GET", "/models/{model}", Handler.of(this::describe)),
                Route.of(
                        Access.OBSERVE,
                        "GET",
                        "/models/{model}/{version}",
                        Handler.of(this::describe)));
    }

    private Reply page(Request request) throws RefusedException {
        List<Item> all = items(models.now());
        Parameters parameters = Parameters.of(request, compatibility);
        int limit = Math.min(LARGEST_PAGE, parameters.number("limit", 1).orElse(LARGEST_PAGE));
        int from = Math.min(all.size(), parameters.number("next_page_token", 0).orElse(0));
        int to = Math.min(all.size(), from + limit);
        String next = to < all.size() ? String.valueOf(to) : null;
        return Reply.ok(new Page(next, all.subList(from, to)));
    }

    private static List<Item> items(Table table) {
        List<Item> items = new ArrayList<>();
        for (ServedModel model : table.models().values()) {
            String status = model.pool().isHealthy() ? "READY" : "FAILED";
            items.add(new Item(model.name(), model.version(), model.url(), status, null));
        }
        table.failed().forEach((reference, why) -> items.add(absent(reference, "FAILED", why)));
        table.loading().forEach(each -> items.add(absent(each, "PENDING", null)));
        return items;
    }

    private static Item absent(String reference, String status, @Nullable String why) {
        String[] parts = reference.split("/", 2);
        return new Item(parts[0], parts[1], "medzoo://" + reference, status, why);
    }

    private Reply describe(Request request) throws RefusedException {
        String version = request.optionalVariable("version");
        Table table = models.now();
        return Reply.ok(
                models.matching(request.variable("model"), version).stream()
                        .map(model -> ModelDescription.of(model, table))
                        .toList());
    }
}
