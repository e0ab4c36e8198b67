package dev.medzoo.serving;

import dev.medzoo.serving.access.Tokens;
import dev.medzoo.serving.access.TokensException;
import dev.medzoo.serving.api.Api;
import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.http.BodyDispatcher;
import dev.medzoo.serving.http.ClientRates;
import dev.medzoo.serving.http.ConnectionLimit;
import dev.medzoo.serving.http.ExchangeListener;
import dev.medzoo.serving.http.HttpContext;
import dev.medzoo.serving.http.HttpListener;
import dev.medzoo.serving.http.HttpSettings;
import dev.medzoo.serving.http.InFlight;
import dev.medzoo.serving.http.Preflight;
import dev.medzoo.serving.http.Route;
import dev.medzoo.serving.http.Router;
import dev.medzoo.serving.oip.GrpcOptions;
import dev.medzoo.serving.oip.GrpcServer;
import dev.medzoo.serving.oip.GrpcTls;
import dev.medzoo.serving.oip.OipModels;
import dev.medzoo.serving.oip.OipRest;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.tls.ServerTls;
import dev.medzoo.serving.tls.TlsException;
import dev.medzoo.serving.watch.AccessLog;
import dev.medzoo.serving.watch.ErrorRates;
import dev.medzoo.serving.watch.ServerMetrics;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open ports: one for predictions, optionally one for management and one for gRPC. */
final class Listeners implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

    private final ServerSettings settings;
    private final HttpSettings http;
    private final ServerMetrics metrics;
    private final ErrorRates errorRates;
    private final InFlight inFlight;
    private final Tokens tokens;
    private final @Nullable ClientRates rates;
    private final @Nullable ServerTls tls;
    private final EventLoopGroup loops;
    private final ExecutorService bodies;
    private final List<HttpListener> listening = new ArrayList<>();
    private @Nullable GrpcServer grpc;

    /**
     * Reads tokens and certificates. No port is open yet.
     *
     * @throws StartException when the tokens or the certificates are invalid
     */
    Listeners(
            ServerSettings settings,
            ServerMetrics metrics,
            ErrorRates errorRates,
            InFlight inFlight)
            throws StartException {
        this.settings = settings;
        this.http = settings.http();
        this.metrics = metrics;
        this.errorRates = errorRates;
        this.inFlight = inFlight;
        try {
            Path file = settings.tokens().file();
            tokens = file == null ? Tokens.none() : Tokens.read(file);
            tls = settings.tls() == null ? null : ServerTls.open(settings.tls());
        } catch (TokensException | TlsException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        if (tls != null) {
            metrics.watchCertificate(tls::expires);
        }
        rates =
                http.clientRate() == 0
                        ? null
                        : new ClientRates(http.clientRate(), http.clientBurst(), System::nanoTime);
        bodies =
                Executors.newFixedThreadPool(
                        Math.max(2, settings.models().cores()),
                        new DefaultThreadFactory("medzoo-bodies"));
        loops =
                new MultiThreadIoEventLoopGroup(
                        loopThreads(),
                        new DefaultThreadFactory("medzoo-http"),
                        NioIoHandler.newFactory());
    }

    /**
     * By default one for every two cores: each request that finds its loop awake saves a wake-up,
     * which beside workers that fill the caches costs as much as all else that a refusal does.
     */
    private int loopThreads() {
        int asked = http.loopThreads();
        return asked == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : asked;
    }

    /** The access control of an address. */
    private AccessControl gate(Address address) {
        return new AccessControl(
                tokens,
                settings.tokens().isRequired(),
                http.allowedHosts(),
                isLoopback(address.host()),
                http.corsHeaders().get(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN.toString()),
                rates);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Opens the HTTP ports.
     *
     * @throws StartException naming one that is taken
     */
    void listen(List<Route> routes) throws StartException {
        if (settings.inference().equals(settings.management())) {
            listen(settings.inference(), routes);
        } else {
            listen(settings.inference(), pick(routes, Route::isInference));
            listen(settings.management(), pick(routes, Route::isManagement));
        }
    }

    private static List<Route> pick(List<Route> routes, Predicate<Route> which) {
        return routes.stream().filter(which).toList();
    }

    private void listen(Address address, List<Route> routes) throws StartException {
        ExchangeListener counting = ExchangeListener.both(metrics, errorRates);
        ExchangeListener exchanges =
                settings.watch().isAccessLogged()
                        ? ExchangeListener.both(counting, new AccessLog())
                        : counting;
        HttpContext shared =
                new HttpContext(
                        new Router(
                                routes,
                                gate(address),
                                inFlight,
                                new BodyDispatcher(bodies, http.limits().maxBodyBytes()),
                                new Preflight(http.corsHeaders(), requestHeaders())),
                        inFlight,
                        http.limits(),
                        exchanges,
                        http.idHeader(),
                        http.corsHeaders());
        ConnectionLimit limit = connections();
        try {
            HttpListener listener =
                    new HttpListener(
                            loops,
                            address.host(),
                            address.port(),
                            shared,
                            limit,
                            address.isTls() ? tls : null);
            listening.add(listener);
            Address open = address.at(listener.address().getPort());
            metrics.watch(limit, open.toString());
            logger.info("listening on {}", open);
        } catch (IOException e) {
            throw StartException.of(address.host() + ":" + address.port(), e);
        }
    }

    /** The connection limit of one address. */
    private ConnectionLimit connections() {
        return new ConnectionLimit(
                http.limits().maxConnections(), http.limits().maxConnectionsPerAddress());
    }

    /** The limits that all routes share. */
    private List<String> requestHeaders() {
        List<String> headers =
                new ArrayList<>(
                        List.of(
                                "accept",
                                "authorization",
                                "content-encoding",
                                "content-type",
                                "if-range",
                                OipRest.JSON_LENGTH,
                                "range",
                                "traceparent",
                                http.idHeader(),
                                settings.api().requestReader().routingKeyHeader()));
        headers.addAll(Api.REQUEST_HEADERS);
        return headers;
    }

    /**
     * Opens the gRPC port.
     *
     * @throws StartException when it is taken
     */
    @SuppressWarnings("FutureReturnValueIgnored") // It ends with the loops.
    void listenGrpc(Address address, OipModels models, String version) throws StartException {
        ConnectionLimit limit = connections();
        try {
            GrpcOptions options =
                    new GrpcOptions(
                            address,
                            http.limits(),
                            limit,
                            settings.maxPictures(),
                            GrpcOptions.unfinishedBytes(http.limits().maxBodyBytes()),
                            settings.drainTimeout(),
                            GrpcTls.of(address.isTls() ? tls : null));
            GrpcServer opened = GrpcServer.start(models, gate(address), version, options);
            grpc = opened;
            // Who watches its health hears of a change though nobody asks.
            loops.scheduleWithFixedDelay(opened::refreshHealth, 1, 1, TimeUnit.SECONDS);
            Address open = address.at(opened.port());
            metrics.watch(limit, open.toString());
            logger.info("listening on {} for gRPC", open);
        } catch (IOException e) {
            throw StartException.of(address.host() + ":" + address.port(), e);
        }
    }

    /** The inference address. */
    InetSocketAddress inference() {
        return listening.get(0).address();
    }

    /** The management address. */
    InetSocketAddress management() {
        return listening.get(listening.size() - 1).address();
    }

    /** The gRPC port, or -1 when gRPC is off. */
    int grpcPort() {
        return grpc == null ? -1 : grpc.port();
    }

    /** Closes the HTTP ports. Open connections stay. */
    void stopAccepting() {
        listening.forEach(HttpListener::stopAccepting);
    }

    /** Closes every connection, gRPC calls first. */
    @Override
    public void close() {
        if (grpc != null) {
            grpc.close();
        }
        listening.forEach(HttpListener::close);
        bodies.shutdown();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        if (tls != null) {
            tls.close();
        }
    }
}
