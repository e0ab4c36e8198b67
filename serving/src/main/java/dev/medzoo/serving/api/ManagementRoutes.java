package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Access;
import dev.medzoo.serving.http.Handler;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.Registration;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.zoo.ModelReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /models}, {@code PUT} and {@code DELETE /models/{model}[/{version}]}: what is served,
 * and by how many workers. A model comes from the server's own store and no other place, and leaves
 * the server, not the store.
 */
final class ManagementRoutes {
    /**
     * DJL Serving's parameters of a registration, and their names in {@code serving.properties}.
     */
    private static final Map<String, String> NUMBERS =
            Map.of(
                    "job_queue_size", "job_queue_size",
                    "batch_size", "batch_size",
                    "max_batch_delay", "max_batch_delay",
                    "max_idle_time", "max_idle_time",
                    "min_worker", "minWorkers",
                    "max_worker", "maxWorkers");

    private final ServedModels models;
    private final Compatibility compatibility;

    private record Status(String status) {}

    ManagementRoutes(ServedModels models, Compatibility compatibility) {
        this.models = models;
        this.compatibility = compatibility;
    }

    List<Route> all() {
        String version = "/models/{model}/{version}";
        return List.of(
                Route.of(Access.MANAGE, "POST", "/models", this::register),
                Route.of(Access.MANAGE, "PUT", "/models/{model}", this::scale),
                Route.of(Access.MANAGE, "PUT", version, this::scale),
                Route.of(Access.MANAGE, "DELETE", "/models/{model}", Handler.of(this::unregister)),
                Route.of(Access.MANAGE, "DELETE", version, Handler.of(this::unregister)));
    }

    private CompletableFuture<Reply> register(Request request) throws RefusedException {
        Parameters parameters = Parameters.of(request, compatibility);
        String url = parameters.text("url").orElseThrow(() -> refuse("Parameter url is required."));
        ModelReference source = source(url, parameters.text("model_version").orElse(null));
        Map<String, Integer> numbers = new HashMap<>();
        for (Map.Entry<String, String> each : NUMBERS.entrySet()) {
            OptionalInt number = parameters.number(each.getKey(), 0);
            number.ifPresent(value -> numbers.put(each.getValue(), value));
        }
        String name = parameters.text("model_name").orElse(source.name());
        checkName(name);
        boolean waits = parameters.flag("synchronous", true);
        CompletableFuture<Void> registered =
                models.register(new Registration(name, source, numbers), !waits);
        Reply scheduled = status(202, "Model \"" + name + "\" registration scheduled.");
        Reply done = status(200, "Model \"" + name + "\" registered.");
        return waits
                ? registered.thenApply(nothing -> done)
                : CompletableFuture.completedFuture(scheduled);
    }

    private static ModelReference source(String url, @Nullable String version)
            throws RefusedException {
        try {
            ModelReference source = Registration.source(url);
            return version == null || source.version() != null
                    ? source
                    : ModelReference.parse(source.name() + "/" + version);
        } catch (IllegalArgumentException e) {
            throw refuse(
                    "url: %s (expected: a model of this server's store, such as medzoo://name/1.0.0)"
                            .formatted(url));
        }
    }

    private static void checkName(String name) throws RefusedException {
        try {
            ModelReference.parse(name);
        } catch (IllegalArgumentException e) {
            throw refuse("model_name: " + e.getMessage());
        }
    }

    private CompletableFuture<Reply> scale(Request request) throws RefusedException {
        Parameters parameters = Parameters.of(request, compatibility);
        OptionalInt min = parameters.number("min_worker", 0);
        OptionalInt max = parameters.number("max_worker", 0);
        String name = request.variable("model");
        List<ServedModel> meant = models.matching(name, request.optionalVariable("version"));
        return CompletableFuture.supplyAsync(
                () -> {
                    StringBuilder text = new StringBuilder();
                    for (ServedModel model : meant) {
                        scale(model, min, max, text);
                    }
                    return status(200, text.toString());
                });
    }

    private static void scale(
            ServedModel model, OptionalInt min, OptionalInt max, StringBuilder text) {
        int before = model.pool().options().maxWorkers();
        int least = min.orElse(Math.min(model.pool().options().minWorkers(), max.orElse(before)));
        int most = max.orElse(Math.max(before, least));
        try {
            model.pool().scale(least, most);
        } catch (IllegalArgumentException e) {
            throw new CompletionException(refuse(String.valueOf(e.getMessage())));
        }
        text.append(text.isEmpty() ? "" : "\n")
                .append(
                        "Workflow \"%s\" worker scaled. New Worker configuration min workers:%d max workers:%d"
                                .formatted(model.name(), least, most));
    }

    private Reply unregister(Request request) throws RefusedException {
        String name = request.variable("model");
        models.unregister(name, request.optionalVariable("version"));
        return status(200, "Model or workflow \"" + name + "\" unregistered");
    }

    private static Reply status(int status, String text) {
        return Reply.json(status, new Status(text));
    }

    private static RefusedException refuse(String message) {
        return new RefusedException(Refusal.badRequest(message));
    }
}
