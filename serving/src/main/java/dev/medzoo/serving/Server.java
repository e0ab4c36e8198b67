package dev.medzoo.serving;

import dev.medzoo.serving.api.Api;
import dev.medzoo.serving.api.Health;
import dev.medzoo.serving.audit.AuditLog;
import dev.medzoo.serving.audit.AuditSettings;
import dev.medzoo.serving.dicomweb.DicomNode;
import dev.medzoo.serving.dicomweb.DicomWebSettings;
import dev.medzoo.serving.dicomweb.NodeRoutes;
import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.http.InFlight;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.oip.OipModels;
import dev.medzoo.serving.oip.OipRest;
import dev.medzoo.serving.page.DocsRoutes;
import dev.medzoo.serving.page.PageRoutes;
import dev.medzoo.serving.predict.PredictionListener;
import dev.medzoo.serving.predict.PredictionRecorder;
import dev.medzoo.serving.predict.PredictionService;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.tls.TlsException;
import dev.medzoo.serving.traffic.IndexPoller;
import dev.medzoo.serving.traffic.LoadException;
import dev.medzoo.serving.traffic.Loader;
import dev.medzoo.serving.traffic.ModelSettings;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.traffic.StoreSettings;
import dev.medzoo.serving.watch.ErrorRates;
import dev.medzoo.serving.watch.ServerMetrics;
import dev.medzoo.serving.watch.Tracing;
import dev.medzoo.translate.EngineDefaults;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.sign.TrustPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server.
 *
 * <pre>{@code
 * try (Server server = Server.start(ServerSettings.read(null, System.getenv(), Map.of()))) {
 *     server.awaitTermination();
 * }
 * }</pre>
 */
public final class Server implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Server.class);

    private final ServerSettings settings;
    private final InFlight inFlight = new InFlight();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Resources to close, in the order in which they were opened. */
    private final List<AutoCloseable> parts = new ArrayList<>();

    private @Nullable Listeners listeners;
    private List<Route> routes = List.of();
    private volatile @Nullable DicomNode node;

    private Server(ServerSettings settings) {
        this.settings = settings;
    }

    /**
     * Loads and warms every model, then opens the ports.
     *
     * @throws StartException naming in one line the model that cannot be loaded or the port that
     *     cannot be opened
     */
    public static Server start(ServerSettings settings) throws StartException {
        Server server = new Server(settings);
        try {
            server.open();
            return server;
        } catch (StartException | RuntimeException e) {
            server.closeParts();
            throw e;
        }
    }

    /**
     * Serves until SIGTERM or SIGINT. Then the server answers the requests in flight, and the
     * process exits with 0.
     *
     * @throws StartException as {@link #start}
     */
    public static void run(ServerSettings settings) throws StartException, InterruptedException {
        Server server = start(settings);
        Runnable stop =
                () -> {
                    server.close();
                    // Otherwise the exit code would be the signal's, 143, though all went well.
                    Runtime.getRuntime().halt(0);
                };
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "medzoo-stop"));
        server.awaitTermination();
    }

    private void open() throws StartException {
        // The engine reads this once, when it starts.
        System.setProperty(EngineDefaults.THREADS, String.valueOf(settings.models().threads()));
        MedZoo zoo = zoo(settings.store());
        logger.info("store: {}, named {}", zoo.store(), settings.store().namedBy());
        logger.info("trust: {}", TrustPolicy.describe(zoo.store()));
        ServerMetrics metrics = opened(new ServerMetrics());
        ServedModels models = models(zoo, metrics);
        PredictionService predictions =
                opened(
                        new PredictionService(
                                models,
                                settings.predictions(),
                                predictionListener(metrics),
                                predictionRecorder()));
        ErrorRates errorRates = new ErrorRates(settings.watch(), System::nanoTime);
        Listeners opening = opened(new Listeners(settings, metrics, errorRates, inFlight));
        listeners = opening;
        Health health = new Health(models, inFlight, errorRates::isExceeded);
        OipModels openInference = new OipModels(models::now, health::isReady, predictions::predict);
        Api api =
                opened(
                        new Api(
                                new Api.Parts(
                                        models,
                                        predictions,
                                        health,
                                        zoo::store,
                                        new OipRest(
                                                openInference,
                                                settings.api().requestReader(),
                                                version(),
                                                settings.maxPictures()),
                                        metrics,
                                        settings.maxPictures(),
                                        settings.api())));
        load(models);
        Address grpc = settings.grpc();
        if (grpc != null) {
            opening.listenGrpc(grpc, openInference, version());
        }
        routes = new ArrayList<>(api.routes());
        if (settings.hasPage()) {
            routes.addAll(new PageRoutes(models::now, predictions.traffic()).all());
            routes.addAll(new DocsRoutes().all());
        }
        routes.addAll(NodeRoutes.of(() -> Optional.ofNullable(node).map(DicomNode::status)));
        opening.listen(routes);
        metrics.started();
        opened(new IndexPoller(zoo, models, settings.store().refresh()));
        watchArchive(predictions, metrics);
    }

    private void watchArchive(PredictionService predictions, ServerMetrics metrics)
            throws StartException {
        DicomWebSettings archive = settings.dicomWeb();
        if (archive == null) {
            return;
        }
        try {
            DicomNode started =
                    opened(DicomNode.start(archive, predictions, settings.drainTimeout()));
            metrics.watchNode(started.status()::numbers);
            node = started;
        } catch (IOException | TlsException e) {
            throw StartException.of("dicomweb", e);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    private static MedZoo zoo(StoreSettings store) throws StartException {
        try {
            return store.open();
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private ServedModels models(MedZoo zoo, ServerMetrics metrics) {
        ModelSettings which = settings.models();
        Loader loader = new Loader(zoo, which, metrics);
        return opened(new ServedModels(which, loader, settings.drainTimeout(), metrics));
    }

    private void load(ServedModels models) throws StartException {
        try {
            if (settings.models().isLoadingAwaited()) {
                models.start();
            } else {
                models.startInBackground();
            }
        } catch (LoadException e) {
            throw StartException.of(e.what(), e.reason());
        }
    }

    private PredictionRecorder predictionRecorder() throws StartException {
        AuditSettings audit = settings.audit();
        if (audit == null) {
            return PredictionRecorder.NONE;
        }
        try {
            return new AuditRecorder(opened(AuditLog.open(audit)));
        } catch (IOException | IllegalArgumentException e) {
            throw StartException.of("audit", e);
        }
    }

    private PredictionListener predictionListener(ServerMetrics metrics) {
        URI collector = settings.watch().otlpEndpoint();
        return collector == null
                ? metrics
                : PredictionListener.both(metrics, opened(new Tracing(collector)));
    }

    private static String version() {
        String known = Server.class.getPackage().getImplementationVersion();
        return known == null ? "from sources" : known;
    }

    /** The inference address. */
    public InetSocketAddress address() {
        return Objects.requireNonNull(listeners).inference();
    }

    /** The management address. It equals {@link #address} unless the settings name another. */
    public InetSocketAddress managementAddress() {
        return Objects.requireNonNull(listeners).management();
    }

    /** The gRPC port, or -1 when gRPC is off. */
    public int grpcPort() {
        return Objects.requireNonNull(listeners).grpcPort();
    }

    /** All HTTP routes of both addresses. */
    List<Route> routes() {
        return routes;
    }

    /** Waits until the server is closed. */
    public void awaitTermination() throws InterruptedException {
        closed.await();
    }

    /**
     * Shuts down gracefully: is not ready for the stop delay, in which it still answers, then
     * accepts no more connections, refuses new requests, answers those in flight for at most the
     * drain timeout, and closes every model. A second call waits for the first.
     */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            awaitClosed();
            return;
        }
        logger.info("stopping");
        inFlight.leave(settings.stopDelay());
        inFlight.stop();
        if (node != null) {
            node.stop();
        }
        Objects.requireNonNull(listeners).stopAccepting();
        int left = inFlight.awaitNone(settings.drainTimeout());
        if (left > 0) {
            logger.warn("{} requests still in flight after {}", left, settings.drainTimeout());
        }
        closeParts();
        closed.countDown();
        logger.info("stopped");
    }

    private void closeParts() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                parts.get(i).close();
            } catch (Exception e) {
                logger.error("{} cannot be closed", parts.get(i), e);
            }
        }
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
