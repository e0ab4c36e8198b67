package dev.medzoo.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /models}, a page at a time, and {@code GET /models/{model}[/{version}]}, which
 * describes every version when it names none. A {@code limit} or {@code next_page_token} that is no
 * number is a bad request; DJL Serving calls it a conflict.
 */
final class ModelsEndpoint implements Endpoint {
    private static final int LARGEST_PAGE = 100;

    private final ServedModels models;

    private record Page(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextPageToken,
            List<Item> models) {}

    private record Item(String modelName, String version, String modelUrl, String status) {}

    ModelsEndpoint(ServedModels models) {
        this.models = models;
    }

    @Override
    public boolean owns(List<String> path) {
        return path.get(0).equals("models") && path.size() <= 3;
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET");
    }

    @Override
    public CompletableFuture<Reply> answer(Request request) throws RefusedException {
        List<String> path = request.path();
        Object body = path.size() == 1 ? page(request) : describe(path);
        return CompletableFuture.completedFuture(Reply.ok(body));
    }

    private Page page(Request request) throws RefusedException {
        List<ServedModel> all = models.all();
        int limit = Math.min(LARGEST_PAGE, number(request, "limit", 1, LARGEST_PAGE));
        int from = Math.min(all.size(), number(request, "next_page_token", 0, 0));
        int to = Math.min(all.size(), from + limit);
        List<Item> items = all.subList(from, to).stream().map(ModelsEndpoint::item).toList();
        return new Page(to < all.size() ? String.valueOf(to) : null, items);
    }

    private static Item item(ServedModel model) {
        return new Item(
                model.identity().name(),
                model.identity().version(),
                ModelDescription.url(model),
                status(model));
    }

    private static String status(ServedModel model) {
        if (model.revoked() != null) {
            return "REVOKED";
        }
        return model.pool().health().equals(WorkerPool.HEALTHY) ? "READY" : "FAILED";
    }

    private List<ModelDescription> describe(List<String> path) throws RefusedException {
        String version = path.size() == 3 ? path.get(2) : null;
        return models.matching(path.get(1), version).stream().map(ModelDescription::of).toList();
    }

    private static int number(Request request, String name, int lowest, int usual)
            throws RefusedException {
        String text = request.parameter(name).orElse(String.valueOf(usual));
        try {
            int number = Integer.parseInt(text);
            if (number >= lowest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused with the numbers that are too low.
        }
        throw new RefusedException(
                new Refusal.BadRequest(
                        "%s: %s (expected: a whole number from %d)".formatted(name, text, lowest)));
    }
}
