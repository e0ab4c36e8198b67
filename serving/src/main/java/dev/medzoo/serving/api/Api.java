package dev.medzoo.serving.api;

import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.oip.OipRest;
import dev.medzoo.serving.predict.PredictionRequestReader;
import dev.medzoo.serving.predict.PredictionService;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.watch.MetricsPage;
import dev.medzoo.zoo.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Every route of the server. {@code openapi.json} beside this class describes each. */
public final class Api implements AutoCloseable {
    /** Request headers that routes read, whatever the settings. */
    public static final List<String> REQUEST_HEADERS =
            List.of(
                    PredictionRequestReader.TIMEOUT_HEADER,
                    CustomAttributes.HEADER,
                    AsyncResults.ASK_HEADER,
                    PredictionRoutes.SYNCHRONOUS_HEADER);

    private final List<Route> routes = new ArrayList<>();
    private final StoreRoutes store;
    private final ManagementRoutes management;

    /**
     * Creates the routes.
     *
     * @param store whose files the server offers
     * @param maxPictures in one request that may have several
     */
    public record Parts(
            ServedModels models,
            PredictionService predictions,
            Health health,
            Supplier<Store> store,
            OipRest openInference,
            MetricsPage metrics,
            int maxPictures,
            ApiSettings settings) {}

    public Api(Parts parts) {
        ApiSettings settings = parts.settings();
        Compatibility compatibility = settings.compatibility();
        AsyncResults results =
                new AsyncResults(
                        settings.asyncResults(),
                        settings.asyncResultsOfOne(),
                        settings.asyncResultTime());
        store = new StoreRoutes(parts.store(), settings.storeDownloads());
        management = new ManagementRoutes(parts.models(), compatibility);
        routes.addAll(
                new PredictionRoutes(
                                parts.models(),
                                parts.predictions(),
                                settings.requestReader(),
                                results,
                                compatibility,
                                settings.maxParts())
                        .all());
        routes.addAll(
                new ExplanationRoutes(
                                parts.models(),
                                parts.predictions(),
                                settings.requestReader(),
                                compatibility,
                                settings.maxParts())
                        .all());
        routes.addAll(new HealthRoutes(parts.health(), compatibility).all());
        routes.addAll(parts.openInference().routes());
        routes.addAll(
                new KServeRoutes(
                                parts.models(),
                                parts.predictions(),
                                settings.requestReader(),
                                parts.maxPictures())
                        .all());
        routes.addAll(new ModelRoutes(parts.models(), compatibility).all());
        routes.addAll(management.all());
        routes.addAll(new TrafficRoutes(parts.models(), parts.predictions().traffic()).all());
        routes.addAll(new ServerRoutes(parts.metrics(), settings.isPrometheus()).all());
        routes.addAll(store.all());
    }

    /** The first match wins. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    @Override
    public void close() {
        management.close();
        store.close();
    }
}
