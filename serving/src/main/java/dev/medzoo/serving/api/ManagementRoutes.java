package dev.medzoo.serving.api;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.http.Request;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.Registration;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.zoo.artifact.ModelReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /models}, {@code PUT} and {@code DELETE /models/{model}[/{version}]}: what is served,
 * and by how many workers. A model comes from the server's own store and no other place, and leaves
 * the server, not the store.
 */
final class ManagementRoutes implements AutoCloseable {
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

    /** Reading an index, loading and warming take their time, which no event loop has. */
    private final ExecutorService workers =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "medzoo-management");
                        thread.setDaemon(true);
                        return thread;
                    });

    private record Status(String status) {}

    ManagementRoutes(ServedModels models, Compatibility compatibility) {
        this.models = models;
        this.compatibility = compatibility;
    }

    List<Route> all() {
        String version = "/models/{model}/{version}";
        return List.of(
                Route.of(Role.MANAGE, "POST", "/models", this::register),
                Route.of(Role.MANAGE, "PUT", "/models/{model}", this::scale),
                Route.of(Role.MANAGE, "PUT", version, this::scale),
                Route.of(Role.MANAGE, "DELETE", "/models/{model}", this::unregister),
                Route.of(Role.MANAGE, "DELETE", version, this::unregister));
    }

    private CompletableFuture<Reply> register(Request request) throws RefusedException {
        ManagementParameters parameters =
                ManagementParameters.of(request, compatibility.badNumber());
        String url = parameters.text("url").orElseThrow(() -> refuse("Parameter url is required."));
        ModelReference source = source(url, parameters.text("model_version").orElse(null));
        Map<String, Integer> numbers = new HashMap<>();
        for (Map.Entry<String, String> each : NUMBERS.entrySet()) {
            OptionalInt number = parameters.number(each.getKey(), 0);
            number.ifPresent(value -> numbers.put(each.getValue(), value));
        }
        String name = parameters.text("model_name").orElse(source.name());
        boolean waits = parameters.flag("synchronous", true);
        Registration more = registration(name, source, numbers);
        return later(() -> register(more, waits));
    }

    private Reply register(Registration more, boolean waits) throws RefusedException {
        CompletableFuture<Void> registered = models.register(more, !waits);
        String model = "Model \"" + more.name() + "\" ";
        if (!waits) {
            return status(202, model + "registration scheduled.");
        }
        registered.join();
        return status(200, model + "registered.");
    }

    private CompletableFuture<Reply> later(Work work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.done();
                    } catch (RefusedException e) {
                        throw new CompletionException(e);
                    }
                },
                workers);
    }

    /** What is not done on an event loop. */
    @FunctionalInterface
    private interface Work {
        Reply done() throws RefusedException;
    }

    private static ModelReference source(String url, @Nullable String version)
            throws RefusedException {
        ModelReference source;
        try {
            source = Registration.source(url);
        } catch (IllegalArgumentException e) {
            throw refuse(
                    "url: %s (expected: a model of this server's store, such as medzoo://name/1.0.0)"
                            .formatted(url));
        }
        try {
            return version == null ? source : Registration.withVersion(source, version);
        } catch (IllegalArgumentException e) {
            throw refuse("model_version: " + e.getMessage());
        }
    }

    private static Registration registration(
            String name, ModelReference source, Map<String, Integer> numbers)
            throws RefusedException {
        try {
            return new Registration(name, source, numbers);
        } catch (IllegalArgumentException e) {
            throw refuse("model_name: " + e.getMessage());
        }
    }

    private CompletableFuture<Reply> scale(Request request) throws RefusedException {
        ManagementParameters parameters = ManagementParameters.of(request, Kind.BAD_REQUEST);
        OptionalInt min = parameters.number("min_worker", 0);
        OptionalInt max = parameters.number("max_worker", 0);
        String name = request.variable("model");
        List<ServedModel> meant = models.matching(name, request.optionalVariable("version"));
        return later(
                () -> {
                    StringBuilder text = new StringBuilder();
                    for (ServedModel model : meant) {
                        scale(model, min, max, text);
                    }
                    return status(200, text.toString());
                });
    }

    private static void scale(
            ServedModel model, OptionalInt min, OptionalInt max, StringBuilder text)
            throws RefusedException {
        int before = model.pool().options().maxWorkers();
        int least = min.orElse(Math.min(model.pool().options().minWorkers(), max.orElse(before)));
        int most = max.orElse(Math.max(before, least));
        try {
            model.pool().scale(least, most);
        } catch (IllegalArgumentException e) {
            throw refuse(String.valueOf(e.getMessage()));
        }
        text.append(text.isEmpty() ? "" : "\n")
                .append(
                        "Workflow \"%s\" worker scaled. New Worker configuration min workers:%d max workers:%d"
                                .formatted(model.name(), least, most));
    }

    private CompletableFuture<Reply> unregister(Request request) {
        String name = request.variable("model");
        String version = request.optionalVariable("version");
        return later(
                () -> {
                    models.unregister(name, version);
                    return status(200, "Model or workflow \"" + name + "\" unregistered");
                });
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private static Reply status(int status, String text) {
        return Reply.json(status, new Status(text));
    }

    private static RefusedException refuse(String message) {
        return new RefusedException(Refusal.badRequest(message));
    }
}
