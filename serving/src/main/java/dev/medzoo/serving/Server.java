package dev.medzoo.serving;

import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.store.Store;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final ServedModels models;
    private final StoreEndpoint store;
    private final IndexWatch watch;
    private final InFlight inFlight = new InFlight();
    private final HttpListener listener;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Server(ServerSettings settings, MedZoo zoo, ServedModels models) throws StartException {
        this.settings = settings;
        this.models = models;
        store = new StoreEndpoint(zoo::store);
        List<Endpoint> endpoints =
                List.of(
                        new PredictionEndpoint(models),
                        new PingEndpoint(models),
                        new ModelsEndpoint(models),
                        store);
        listener = new HttpListener(settings, new Router(endpoints, inFlight), inFlight);
        watch = new IndexWatch(zoo, models, settings.storeRefresh());
    }

    /**
     * Loads and warms every model, then opens the port.
     *
     * @throws StartException in one line: the model that cannot be used, or the port that cannot be
     *     opened
     */
    public static Server start(ServerSettings settings) throws StartException {
        // The engine reads this once, when it starts.
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(settings.threads()));
        MedZoo zoo = zoo(settings);
        ServedModels models = ServedModels.load(zoo, settings);
        try {
            Server server = new Server(settings, zoo, models);
            logger.info("listening on http://{}:{}", settings.host(), server.address().getPort());
            return server;
        } catch (StartException e) {
            models.close();
            throw e;
        }
    }

    /**
     * Serves until the process is told to end (SIGTERM, SIGINT). Then the server finishes what it
     * has begun, and the process exits with 0.
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

    /** Where it listens. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /** Waits until the server is closed. */
    public void awaitTermination() throws InterruptedException {
        closed.await();
    }

    /**
     * Takes no more connections, refuses new requests, answers those that have begun for at most
     * the drain timeout, and closes every model. A second call waits for the first.
     */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            awaitClosed();
            return;
        }
        logger.info("stopping");
        inFlight.stop();
        watch.close();
        listener.stopAccepting();
        int left = inFlight.awaitNone(settings.drainTimeout());
        if (left > 0) {
            logger.warn("{} requests are not answered after {}", left, settings.drainTimeout());
        }
        listener.close();
        store.close();
        models.close();
        closed.countDown();
        logger.info("stopped");
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MedZoo zoo(ServerSettings settings) throws StartException {
        String location = settings.store();
        try {
            return new MedZoo(location == null ? Store.fromSettings() : Store.open(location));
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }
}
