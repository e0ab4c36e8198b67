package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.oip.OipRest;
import dev.medzoo.serving.predict.Predictions;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.watch.MetricsPage;
import dev.medzoo.zoo.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Every route of the server. {@code openapi.json} beside this class describes each. */
public final class Api implements AutoCloseable {
    private final List<Route> routes = new ArrayList<>();
    private final StoreRoutes store;
    private final ManagementRoutes management;

    /**
     * What answers depend on.
     *
     * @param store that the server hands out
     * @param asyncResults that are kept at once
     * @param asyncResultsOfOne the same of one client
     * @param asyncResultTime for which each is kept
     * @param storeDownloads of files of the store to one client at a time
     * @param maxParts of a form
     */
    public record Parts(
            ServedModels models,
            Predictions predictions,
            Asking asking,
            Health health,
            Supplier<Store> store,
            OipRest openInference,
            MetricsPage metrics,
            Compatibility compatibility,
            boolean isPrometheus,
            int asyncResults,
            int asyncResultsOfOne,
            Duration asyncResultTime,
            int storeDownloads,
            int maxParts) {}

    public Api(Parts parts) {
        Compatibility compatibility = parts.compatibility();
        AsyncResults results =
                new AsyncResults(
                        parts.asyncResults(), parts.asyncResultsOfOne(), parts.asyncResultTime());
        store = new StoreRoutes(parts.store(), parts.storeDownloads());
        management = new ManagementRoutes(parts.models(), compatibility);
        routes.addAll(
                new PredictionRoutes(
                                parts.models(),
                                parts.predictions(),
                                parts.asking(),
                                results,
                                compatibility,
                                parts.maxParts())
                        .all());
        routes.addAll(new HealthRoutes(parts.health(), compatibility).all());
        routes.addAll(new OipRoutes(parts.openInference(), parts.asking()).all());
        routes.addAll(new ModelRoutes(parts.models(), compatibility).all());
        routes.addAll(management.all());
        routes.addAll(new ServerRoutes(parts.metrics(), parts.isPrometheus()).all());
        routes.addAll(store.all());
    }

    /** Of two that match a request, the first one takes it. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    @Override
    public void close() {
        management.close();
        store.close();
    }
}
