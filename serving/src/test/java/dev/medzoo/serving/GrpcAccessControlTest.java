package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.medzoo.inference.ModelMetadataRequest;
import dev.medzoo.inference.ModelReadyRequest;
import dev.medzoo.inference.ServerLiveRequest;
import dev.medzoo.inference.ServerMetadataRequest;
import dev.medzoo.inference.ServerReadyRequest;
import dev.medzoo.serving.access.Role;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask what over gRPC. */
@Tag("slow")
class GrpcAccessControlTest {
    private static final Map<String, Consumer<Channel>> GUARDED =
            Map.of(
                    "metadata",
                    channel ->
                            stub(channel)
                                    .modelMetadata(
                                            ModelMetadataRequest.newBuilder()
                                                    .setName(SKIN)
                                                    .build()),
                    "ready",
                    channel ->
                            stub(channel)
                                    .modelReady(
                                            ModelReadyRequest.newBuilder().setName(SKIN).build()),
                    "watch",
                    channel ->
                            HealthGrpc.newBlockingStub(channel)
                                    .watch(HealthCheckRequest.getDefaultInstance())
                                    .next(),
                    "reflection",
                    GrpcAccessControlTest::reflect,
                    "older reflection",
                    GrpcAccessControlTest::reflectInAlpha);

    private final Path folder;
    private RunningServer server = RunningServer.with();
    private ManagedChannel channel =
            Grpc.newChannelBuilder("127.0.0.1:1", InsecureChannelCredentials.create()).build();

    GrpcAccessControlTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.server().close();
    }

    private void start(String... options) throws StartException {
        String[] all = new String[options.length + 3];
        System.arraycopy(options, 0, all, 3, options.length);
        all[0] = "load_models=" + SKIN;
        all[1] = "workers=1";
        all[2] = "grpc_port=0";
        server = RunningServer.with(all).start();
        channel.shutdownNow();
        channel =
                Grpc.newChannelBuilderForAddress(
                                "127.0.0.1",
                                server.server().grpcPort(),
                                InsecureChannelCredentials.create())
                        .build();
    }

    @Test
    void everyServiceAsksForATokenWhereOneIsRequired() throws Exception {
        TokensFile tokens =
                new TokensFile(folder).add("ward", Role.PREDICT).add("grafana", Role.OBSERVE);
        start(tokens.setting(), "require_token=true", "client_rate=1", "client_burst=1");

        GUARDED.forEach(
                (name, ask) -> {
                    assertThat(code(ask, channel)).as(name).isEqualTo(Status.Code.UNAUTHENTICATED);
                    assertThat(code(ask, with(tokens.bearer("ward") + "x")))
                            .as(name)
                            .isEqualTo(Status.Code.UNAUTHENTICATED);
                    assertThat(code(ask, with(tokens.bearer("grafana"))))
                            .as(name)
                            .isEqualTo(Status.Code.PERMISSION_DENIED);
                    // They are no predictions, of which it may ask for one a second.
                    assertThat(code(ask, with(tokens.bearer("ward"))))
                            .as(name)
                            .isEqualTo(Status.Code.OK);
                });
        GRPCInferenceServiceBlockingStub open = stub(channel);
        assertThat(open.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
        assertThat(open.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
        assertThat(open.serverMetadata(ServerMetadataRequest.getDefaultInstance()).getName())
                .isEqualTo("medzoo");
        // As a kubelet asks, which has no token to send.
        assertThat(
                        HealthGrpc.newBlockingStub(channel)
                                .check(HealthCheckRequest.getDefaultInstance())
                                .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void allIsOpenWhereNoneIsRequired() throws Exception {
        start();
        GUARDED.forEach(
                (name, ask) -> assertThat(code(ask, channel)).as(name).isEqualTo(Status.Code.OK));
    }

    private Channel with(String authorization) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static GRPCInferenceServiceBlockingStub stub(Channel channel) {
        return GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    private static Status.Code code(Consumer<Channel> ask, Channel channel) {
        StatusRuntimeException failure =
                catchThrowableOfType(StatusRuntimeException.class, () -> ask.accept(channel));
        return failure == null ? Status.Code.OK : failure.getStatus().getCode();
    }

    private static void reflect(Channel channel) {
        ask(
                ServerReflectionGrpc.newStub(channel)::serverReflectionInfo,
                ServerReflectionRequest.newBuilder().setListServices("").build());
    }

    /** As most tools in use do. */
    @SuppressWarnings("deprecation")
    private static void reflectInAlpha(Channel channel) {
        ask(
                io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(channel)
                        ::serverReflectionInfo,
                io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                        .setListServices("")
                        .build());
    }

    /** Returns once there is an answer. */
    private static <Q, A> void ask(
            Function<StreamObserver<A>, StreamObserver<Q>> call, Q question) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        StreamObserver<Q> asking =
                call.apply(
                        new StreamObserver<>() {
                            @Override
                            public void onNext(A value) {
                                answer.complete(value);
                            }

                            @Override
                            public void onError(Throwable failure) {
                                answer.completeExceptionally(failure);
                            }

                            @Override
                            public void onCompleted() {}
                        });
        asking.onNext(question);
        try {
            assertThat(answer.orTimeout(1, TimeUnit.MINUTES).join()).isNotNull();
        } catch (CompletionException e) {
            throw (StatusRuntimeException) Objects.requireNonNull(e.getCause());
        } finally {
            asking.onCompleted();
        }
    }
}
