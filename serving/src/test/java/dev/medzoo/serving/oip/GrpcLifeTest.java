package dev.medzoo.serving.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import dev.medzoo.inference.ModelInferResponse;
import dev.medzoo.inference.ServerLiveRequest;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthGrpc.HealthBlockingStub;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call meets beside its answer: guards, deadlines, the server's end, its health. */
class GrpcLifeTest {
    private static final String SERVICE = "inference.GRPCInferenceService";

    private static RealSkin skin;

    private GrpcServer server;
    private ManagedChannel channel;
    private GRPCInferenceServiceFutureStub client;

    @BeforeAll
    static void load() throws Exception {
        skin = new RealSkin();
    }

    @AfterAll
    static void unload() {
        skin.close();
    }

    @BeforeEach
    void start() throws Exception {
        skin.ready = true;
        skin.hold = CompletableFuture.completedFuture(null);
        skin.calls.clear();
        GrpcOptions options =
                new GrpcOptions(
                        "127.0.0.1",
                        0,
                        GrpcLimits.of(1 << 20),
                        Duration.ofSeconds(20),
                        InsecureServerCredentials.create());
        server = GrpcServer.start(skin, GrpcLifeTest::guard, "0.1.0", options);
        channel =
                Grpc.newChannelBuilderForAddress(
                                "127.0.0.1", server.port(), InsecureChannelCredentials.create())
                        .build();
        client = GRPCInferenceServiceGrpc.newFutureStub(channel);
    }

    @AfterEach
    void close() {
        skin.hold.complete(null);
        channel.shutdownNow();
        server.close();
    }

    private static void guard(GrpcCall call, boolean isPrediction) throws RefusedException {
        if ("Bearer none".equals(call.authorization())) {
            throw new RefusedException(new Refusal(Refusal.Kind.UNAUTHENTICATED, "token: unknown"));
        }
    }

    @Test
    void asksTheGuardBeforeAnything() throws Exception {
        GRPCInferenceServiceFutureStub stranger = with("authorization", "Bearer none");

        StatusRuntimeException refused = failure(stranger.modelInfer(GrpcAsked.images(0)));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refused.getStatus().getDescription()).isEqualTo("token: unknown");
        assertThat(skin.calls).isEmpty();
        assertThat(stranger.serverLive(ServerLiveRequest.getDefaultInstance()).get().getLive())
                .isTrue();
    }

    @Test
    void tellsWhoAsks() throws Exception {
        Metadata headers = new Metadata();
        headers.put(key("x-request-id"), "mine");
        headers.put(key("authorization"), "Bearer some");
        headers.put(key("traceparent"), "00-1-2-01");

        client.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(50, TimeUnit.SECONDS)
                .modelInfer(GrpcAsked.images(0))
                .get();

        GrpcCall call = nextCall();
        assertThat(call.requestId()).isEqualTo("mine");
        assertThat(call.authorization()).isEqualTo("Bearer some");
        assertThat(call.traceparent()).isEqualTo("00-1-2-01");
        assertThat(String.valueOf(call.remoteAddress())).startsWith("/127.0.0.1:");
        assertThat(call.remaining()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(50));
        assertThat(call).hasToString("call mine");
        assertThat(call.gone()).isNotDone();
    }

    @Test
    void givesUpAtTheClientsDeadline() throws Exception {
        skin.hold = new CompletableFuture<>();

        StatusRuntimeException late =
                failure(
                        client.withDeadlineAfter(500, TimeUnit.MILLISECONDS)
                                .modelInfer(GrpcAsked.images(0)));

        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        nextCall().gone().get(30, TimeUnit.SECONDS);
    }

    @Test
    void hearsThatAClientIsGone() throws Exception {
        skin.hold = new CompletableFuture<>();
        ListenableFuture<ModelInferResponse> answer = client.modelInfer(GrpcAsked.images(0));
        GrpcCall call = nextCall();
        assertThat(call.remaining()).isNull();
        assertThat(call.gone()).isNotDone();

        answer.cancel(true);

        call.gone().get(30, TimeUnit.SECONDS);
        skin.hold.complete(null);
        skin.hold = CompletableFuture.completedFuture(null);
        assertThat(client.modelInfer(GrpcAsked.images(0)).get().getOutputsCount()).isEqualTo(5);
    }

    @Test
    void answersWhatItHasBeforeItCloses() throws Exception {
        skin.hold = new CompletableFuture<>();
        ListenableFuture<ModelInferResponse> answer = client.modelInfer(GrpcAsked.images(0));
        nextCall();
        HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        Iterator<HealthCheckResponse> watched =
                health.watch(HealthCheckRequest.getDefaultInstance());
        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(closed).isNotDone();
        skin.hold.complete(null);
        assertThat(answer.get(30, TimeUnit.SECONDS).getOutputsCount()).isEqualTo(5);
        closed.get(10, TimeUnit.SECONDS);
        assertThat(code(watched::next)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void saysItsHealthAsItIsWhenAsked() {
        HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        HealthCheckRequest service = HealthCheckRequest.newBuilder().setService(SERVICE).build();
        HealthCheckRequest whole = HealthCheckRequest.getDefaultInstance();
        Iterator<HealthCheckResponse> watched = health.watch(service);
        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);

        skin.ready = false;
        server.refreshHealth();

        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(health.check(whole).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        skin.ready = true;
        assertThat(health.check(service).getStatus()).isEqualTo(ServingStatus.SERVING);
        HealthCheckRequest other = HealthCheckRequest.newBuilder().setService("eye").build();
        assertThat(code(() -> health.check(other))).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void describesItselfByReflection() throws Exception {
        CompletableFuture<List<String>> services = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> asking =
                ServerReflectionGrpc.newStub(channel)
                        .serverReflectionInfo(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ServerReflectionResponse answer) {
                                        services.complete(
                                                answer
                                                        .getListServicesResponse()
                                                        .getServiceList()
                                                        .stream()
                                                        .map(each -> each.getName())
                                                        .toList());
                                    }

                                    @Override
                                    public void onError(Throwable failure) {
                                        services.completeExceptionally(failure);
                                    }

                                    @Override
                                    public void onCompleted() {}
                                });

        asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

        assertThat(services.get(30, TimeUnit.SECONDS))
                .contains(
                        SERVICE,
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection");
        asking.onCompleted();
    }

    private GRPCInferenceServiceFutureStub with(String header, String value) {
        Metadata headers = new Metadata();
        headers.put(key(header), value);
        return client.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static GrpcCall nextCall() throws InterruptedException {
        return (GrpcCall) Objects.requireNonNull(skin.calls.poll(30, TimeUnit.SECONDS));
    }

    private static Status.Code code(ThrowingCallable call) {
        StatusRuntimeException refused =
                Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call));
        return refused.getStatus().getCode();
    }

    private static StatusRuntimeException failure(ListenableFuture<?> answer) {
        ExecutionException failed =
                Objects.requireNonNull(
                        catchThrowableOfType(
                                ExecutionException.class, () -> answer.get(30, TimeUnit.SECONDS)));
        return (StatusRuntimeException) Objects.requireNonNull(failed.getCause());
    }
}
