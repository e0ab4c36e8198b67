package dev.medzoo.serving.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import dev.medzoo.inference.ModelInferResponse;
import dev.medzoo.inference.ServerLiveRequest;
import dev.medzoo.serving.access.Caller;
import dev.medzoo.serving.predict.PredictionRequest;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a call meets beside its answer: guards, deadlines, the server's end, its health. */
@Tag("slow")
class GrpcLifeTest {
    private static final String SERVICE = "inference.GRPCInferenceService";

    private static RealSkin skin;

    private final BlockingQueue<GrpcCall> calls = new LinkedBlockingQueue<>();
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
        skin.asks.clear();
        server = skin.grpc(this::guard, 1 << 20);
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

    private @Nullable String guard(GrpcCall call, boolean isPrediction) throws RefusedException {
        calls.add(call);
        if ("Bearer none".equals(call.authorization())) {
            throw new RefusedException(new Refusal(Refusal.Kind.UNAUTHENTICATED, "token: unknown"));
        }
        return call.authorization() == null ? null : "ana";
    }

    @Test
    void asksTheGuardBeforeAnything() throws Exception {
        GRPCInferenceServiceFutureStub stranger = with("authorization", "Bearer none");

        StatusRuntimeException refused = failure(stranger.modelInfer(GrpcAsked.images(0)));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refused.getStatus().getDescription()).isEqualTo("token: unknown");
        assertThat(skin.asks).isEmpty();
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

        GrpcCall call = Objects.requireNonNull(calls.poll());
        assertThat(call.authorization()).isEqualTo("Bearer some");
        assertThat(String.valueOf(call.remoteAddress())).startsWith("/127.0.0.1:");
        assertThat(call).hasToString("call mine");
        PredictionRequest ask = next();
        assertThat(ask.requestId()).isEqualTo("mine");
        assertThat(ask.client()).isEqualTo("ana");
        assertThat(ask.routingKey()).isEqualTo("ana");
        assertThat(ask.operation()).isEqualTo("grpc ModelInfer");
        assertThat(ask.model()).isEqualTo(RealSkin.NAME);
        assertThat(ask.version()).isNull();
        assertThat(ask.traceParent()).isEqualTo("00-1-2-01");
        assertThat(ask.timeout()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(50));
        assertThat(ask.gone()).isNotDone();
    }

    @Test
    void tellsWhoAsksWithoutAToken() throws Exception {
        client.modelInfer(GrpcAsked.images(0)).get();

        PredictionRequest ask = next();
        assertThat(ask.client()).isEqualTo(Caller.ANONYMOUS);
        assertThat(ask.routingKey()).isEqualTo("127.0.0.1");
    }

    @Test
    void givesUpAtTheClientsDeadline() throws Exception {
        skin.hold = new CompletableFuture<>();

        StatusRuntimeException late =
                failure(
                        client.withDeadlineAfter(500, TimeUnit.MILLISECONDS)
                                .modelInfer(GrpcAsked.images(0)));

        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        next().gone().get(10, TimeUnit.MINUTES);
    }

    @Test
    void hearsThatAClientIsGone() throws Exception {
        skin.hold = new CompletableFuture<>();
        ListenableFuture<ModelInferResponse> answer = client.modelInfer(GrpcAsked.images(0));
        PredictionRequest ask = next();
        assertThat(ask.timeout()).isNull();
        assertThat(ask.gone()).isNotDone();

        answer.cancel(true);

        ask.gone().get(10, TimeUnit.MINUTES);
        skin.hold.complete(null);
        skin.hold = CompletableFuture.completedFuture(null);
        assertThat(client.modelInfer(GrpcAsked.images(0)).get().getOutputsCount()).isEqualTo(5);
    }

    @Test
    void answersWhatItHasBeforeItCloses() throws Exception {
        skin.hold = new CompletableFuture<>();
        ListenableFuture<ModelInferResponse> answer = client.modelInfer(GrpcAsked.images(0));
        next();
        HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
        Iterator<HealthCheckResponse> watched =
                health.watch(HealthCheckRequest.getDefaultInstance());
        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.SERVING);

        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

        assertThat(watched.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(closed).isNotDone();
        skin.hold.complete(null);
        assertThat(answer.get(10, TimeUnit.MINUTES).getOutputsCount()).isEqualTo(5);
        closed.get(10, TimeUnit.MINUTES);
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

        assertThat(services.get(10, TimeUnit.MINUTES))
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

    private static PredictionRequest next() throws InterruptedException {
        return Objects.requireNonNull(skin.asks.poll(10, TimeUnit.MINUTES));
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
                                ExecutionException.class, () -> answer.get(10, TimeUnit.MINUTES)));
        return (StatusRuntimeException) Objects.requireNonNull(failed.getCause());
    }
}
