package dev.medzoo.serving.oip;

import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.http.HttpLimits;
import io.grpc.BindableService;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The Open Inference Protocol over gRPC, with the standard health service and reflection. It has a
 * few threads that take messages apart; no call holds one while a model works.
 */
public final class GrpcServer implements AutoCloseable {
    private static final DecompressorRegistry PACKINGS =
            DecompressorRegistry.emptyInstance()
                    .with(new GrpcGunzip(), true)
                    .with(Codec.Identity.NONE, false);

    private static final int CALLS_PER_CONNECTION = 100;

    /** Of a connection, on the way to calls that do not take them yet. */
    private static final int UNREAD_BYTES = 1 << 20;

    private static final long HANDSHAKE_SECONDS = 10;
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final Server server;
    private final ExecutorService threads;
    private final GrpcSockets sockets;
    private final GrpcIntakeLimit intake;
    private final GrpcHealth health;
    private final GrpcOptions options;

    private GrpcServer(
            Server server,
            ExecutorService threads,
            GrpcSockets sockets,
            GrpcIntakeLimit intake,
            GrpcHealth health,
            GrpcOptions options) {
        this.server = server;
        this.threads = threads;
        this.sockets = sockets;
        this.intake = intake;
        this.health = health;
        this.options = options;
    }

    /**
     * Starts to listen.
     *
     * @param guard asked before every call
     * @param serverVersion for the server's metadata
     * @throws IOException when it cannot listen there
     */
    public static GrpcServer start(
            OipModels models, CallGuard guard, String serverVersion, GrpcOptions options)
            throws IOException {
        GrpcLog.install();
        GrpcHealth health = new GrpcHealth(models);
        Address address = options.address();
        HttpLimits limits = options.limits();
        ExecutorService threads = threads();
        GrpcSockets sockets = new GrpcSockets(options.connections());
        GrpcIntakeLimit intake = new GrpcIntakeLimit(options);
        Server server =
                sockets.of(
                                NettyServerBuilder.forAddress(
                                        new InetSocketAddress(address.host(), address.port()),
                                        options.credentials()))
                        .executor(threads)
                        .decompressorRegistry(PACKINGS)
                        .maxInboundMessageSize(limits.maxBodyBytes())
                        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                        .flowControlWindow(UNREAD_BYTES)
                        .maxConnectionIdle(limits.idleTime().toMillis(), TimeUnit.MILLISECONDS)
                        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                        .addStreamTracerFactory(intake)
                        .intercept(intake)
                        .intercept(new GrpcInterceptor(guard))
                        .addServices(
                                Stream.of(
                                                new InferenceService(
                                                                models,
                                                                serverVersion,
                                                                options.maxPictures())
                                                        .bindService(),
                                                health.service(),
                                                ProtoReflectionServiceV1.newInstance()
                                                        .bindService(),
                                                olderReflection().bindService())
                                        .map(each -> GrpcMessages.of(each, options.maxPictures()))
                                        .toList())
                        .build();
        GrpcServer started = new GrpcServer(server, threads, sockets, intake, health, options);
        started.listen();
        return started;
    }

    /** Most tools in use still ask in its alpha form. */
    @SuppressWarnings("deprecation")
    private static BindableService olderReflection() {
        return ProtoReflectionService.newInstance();
    }

    private void listen() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            release();
            throw e;
        }
        health.refresh();
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** Bytes of requests that are not complete now. */
    long unfinishedBytes() {
        return intake.unfinishedBytes();
    }

    /** Tells those who watch its health, after {@link OipModels#isReady} may have changed. */
    public void refreshHealth() {
        health.refresh();
    }

    /** Takes no more calls, lets those that it has end, and cuts off what takes longer. */
    @Override
    public void close() {
        health.stop();
        server.shutdown();
        try {
            if (!server.awaitTermination(options.drain().toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        release();
    }

    private void release() {
        threads.shutdown();
        try {
            // A call that goes on without its client still writes to the sockets' threads.
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        intake.close();
        sockets.close();
    }

    private static ExecutorService threads() {
        AtomicInteger count = new AtomicInteger();
        ThreadFactory named = task -> new Thread(task, "grpc-" + count.incrementAndGet());
        return Executors.newFixedThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()), named);
    }
}
