package dev.medzoo.serving;

import dev.medzoo.serving.Settings.Address;
import dev.medzoo.serving.access.ClientRates;
import dev.medzoo.serving.access.ConnectionLimit;
import dev.medzoo.serving.access.Tokens;
import dev.medzoo.serving.access.TokensException;
import dev.medzoo.serving.api.Api;
import dev.medzoo.serving.api.Asking;
import dev.medzoo.serving.audit.AuditLog;
import dev.medzoo.serving.http.Exchanges;
import dev.medzoo.serving.http.HttpContext;
import dev.medzoo.serving.http.HttpListener;
import dev.medzoo.serving.http.InFlight;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.http.Router;
import dev.medzoo.serving.predict.Ledger;
import dev.medzoo.serving.predict.PredictionWatch;
import dev.medzoo.serving.predict.Predictions;
import dev.medzoo.serving.predict.Routing;
import dev.medzoo.serving.tls.ServerTls;
import dev.medzoo.serving.tls.TlsException;
import dev.medzoo.serving.traffic.IndexWatch;
import dev.medzoo.serving.traffic.LoadException;
import dev.medzoo.serving.traffic.Loader;
import dev.medzoo.serving.traffic.ServedModels;
import dev.medzoo.serving.watch.AccessLog;
import dev.medzoo.serving.watch.ServerMetrics;
import dev.medzoo.serving.watch.Tracing;
import dev.medzoo.serving.work.Cores;
import dev.medzoo.translate.PictureDecoder;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.store.Store;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
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

    /** What {@link #close} closes, in the order in which it was opened. */
    private final List<AutoCloseable> parts = new ArrayList<>();

    private final List<HttpListener> listeners = new ArrayList<>();
    private @Nullable IndexWatch watch;

    private Server(ServerSettings settings) {
        this.settings = settings;
    }

    /**
     * Loads and warms every model, then opens the ports.
     *
     * @throws StartException in one line: the model that cannot be used, or the port that cannot be
     *     opened
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

    private void open() throws StartException {
        // The engine reads this once, when it starts.
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(settings.threads));
        MedZoo zoo = zoo(settings.store);
        ServerMetrics metrics = opened(new ServerMetrics());
        Ledger ledger = ledger();
        PredictionWatch watches = watches(metrics);
        Cores cores = new Cores(settings.cores, settings.threads);
        PictureDecoder decoder = new PictureDecoder(settings.maxPixels);
        Loader loader = new Loader(zoo, decoder, settings.pools, cores, metrics);
        ServedModels models =
                opened(
                        new ServedModels(
                                settings.isEverythingLoaded,
                                settings.registrations,
                                loader,
                                settings.drainTimeout,
                                metrics));
        load(models);
        Predictions predictions =
                opened(
                        new Predictions(
                                models,
                                new Routing(settings.traffic),
                                settings.requestTimeout,
                                watches,
                                ledger));
        Api api =
                opened(
                        new Api(
                                new Api.Parts(
                                        models,
                                        predictions,
                                        new Asking(settings.routingKeyHeader),
                                        inFlight,
                                        zoo::store,
                                        metrics,
                                        settings.compatibility,
                                        settings.isPrometheus,
                                        settings.asyncResults,
                                        settings.asyncResultTime,
                                        settings.maxParts)));
        listen(api.routes(), metrics);
        metrics.started();
        watch = opened(new IndexWatch(zoo, models, settings.storeRefresh));
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    private static MedZoo zoo(@Nullable String location) throws StartException {
        try {
            return new MedZoo(location == null ? Store.fromSettings() : Store.open(location));
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private Ledger ledger() throws StartException {
        if (settings.audit == null) {
            return Ledger.NONE;
        }
        try {
            return new AuditLedger(opened(AuditLog.open(settings.audit)));
        } catch (IOException | IllegalArgumentException e) {
            throw StartException.of("audit", e);
        }
    }

    private PredictionWatch watches(ServerMetrics metrics) {
        return settings.otlpEndpoint == null
                ? metrics
                : PredictionWatch.both(metrics, opened(new Tracing(settings.otlpEndpoint)));
    }

    private void load(ServedModels models) throws StartException {
        try {
            if (settings.isLoadingAwaited) {
                models.start();
            } else {
                models.startInBackground();
            }
        } catch (LoadException e) {
            throw StartException.of(e.what(), e.reason());
        }
    }

    private void listen(List<Route> routes, ServerMetrics metrics) throws StartException {
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(
                        settings.nettyThreads,
                        new DefaultThreadFactory("medzoo-http"),
                        NioIoHandler.newFactory());
        opened(() -> loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly());
        Exchanges exchanges =
                settings.isAccessLogged ? Exchanges.both(metrics, new AccessLog()) : metrics;
        Tokens tokens = tokens();
        ServerTls tls = tls();
        ClientRates rates =
                settings.clientRate == 0
                        ? null
                        : new ClientRates(
                                settings.clientRate, settings.clientBurst, System::nanoTime);
        boolean isOne = settings.inference.equals(settings.management);
        listen(
                settings.inference,
                pick(routes, route -> isOne || route.access().isInference()),
                new Listening(loops, exchanges, tokens, tls, rates, metrics));
        if (!isOne) {
            listen(
                    settings.management,
                    pick(routes, route -> route.access().isManagement()),
                    new Listening(loops, exchanges, tokens, tls, rates, metrics));
        }
    }

    private static List<Route> pick(List<Route> routes, Predicate<Route> which) {
        return routes.stream().filter(which).toList();
    }

    /** What both addresses share. */
    private record Listening(
            EventLoopGroup loops,
            Exchanges exchanges,
            Tokens tokens,
            @Nullable ServerTls tls,
            @Nullable ClientRates rates,
            ServerMetrics metrics) {}

    private void listen(Address address, List<Route> routes, Listening with) throws StartException {
        ServerGate gate =
                new ServerGate(
                        with.tokens(),
                        settings.isTokenRequired,
                        isLoopback(address.host()),
                        with.rates());
        HttpContext shared =
                new HttpContext(
                        new Router(routes, gate, inFlight),
                        inFlight,
                        settings.limits,
                        with.exchanges(),
                        settings.requestIdHeader,
                        settings.corsHeaders);
        ConnectionLimit limit =
                new ConnectionLimit(
                        settings.limits.maxConnections(),
                        settings.limits.maxConnectionsPerAddress());
        try {
            HttpListener listener =
                    new HttpListener(
                            with.loops(),
                            address.host(),
                            address.port(),
                            shared,
                            limit,
                            address.isTls() ? with.tls() : null);
            listeners.add(listener);
            Address open =
                    new Address(address.isTls(), address.host(), listener.address().getPort());
            with.metrics().watch(limit, open.toString());
            logger.info("listening on {}", open);
        } catch (IOException e) {
            throw StartException.of(address.host() + ":" + address.port(), e);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private Tokens tokens() throws StartException {
        try {
            return settings.tokensFile == null ? Tokens.none() : Tokens.read(settings.tokensFile);
        } catch (TokensException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable ServerTls tls() throws StartException {
        try {
            return settings.tls == null ? null : opened(ServerTls.open(settings.tls));
        } catch (TlsException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Where it takes predictions. */
    public InetSocketAddress address() {
        return listeners.get(0).address();
    }

    /** Where it is managed; the same as {@link #address} unless the settings name another. */
    public InetSocketAddress managementAddress() {
        return listeners.get(listeners.size() - 1).address();
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
        if (watch != null) {
            watch.close();
        }
        listeners.forEach(HttpListener::stopAccepting);
        int left = inFlight.awaitNone(settings.drainTimeout);
        if (left > 0) {
            logger.warn("{} requests are not answered after {}", left, settings.drainTimeout);
        }
        closeParts();
        closed.countDown();
        logger.info("stopped");
    }

    private void closeParts() {
        listeners.forEach(HttpListener::close);
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
