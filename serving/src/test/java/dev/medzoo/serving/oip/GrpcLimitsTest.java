package dev.medzoo.serving.oip;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import dev.medzoo.inference.ModelInferResponse;
import dev.medzoo.inference.ServerLiveRequest;
import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.http.ConnectionLimit;
import dev.medzoo.serving.http.HttpLimits;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one client may cost over gRPC. */
@Tag("slow")
class GrpcLimitsTest {
    private static final String INFER =
            GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName();
    private static final String REFLECT =
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    private static final String TOO_LATE = code(Status.DEADLINE_EXCEEDED);
    private static final String TOO_MUCH = code(Status.RESOURCE_EXHAUSTED);
    private static final int MAX_BYTES = 64 << 20;
    private static final long ROOM = 512 << 10;
    private static final Duration HOUR = Duration.ofHours(1);

    private static RealSkin skin;

    private ConnectionLimit connections = new ConnectionLimit(100, 100);
    private GrpcServer server;

    @BeforeAll
    static void load() throws Exception {
        skin = new RealSkin();
    }

    @AfterAll
    static void unload() {
        skin.close();
    }

    @BeforeEach
    void start() throws IOException {
        server = open(ROOM, HOUR, HOUR);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private GrpcServer open(long room, Duration requestTime, Duration idleTime) throws IOException {
        HttpLimits limits = new HttpLimits(MAX_BYTES, 8192, requestTime, idleTime, 100, 100, 0);
        return skin.grpc(CallGuard.OPEN, limits, room, connections);
    }

    private void restart(long room, Duration requestTime, Duration idleTime) throws IOException {
        server.close();
        server = open(room, requestTime, idleTime);
    }

    private static String code(Status status) {
        return String.valueOf(status.getCode().value());
    }

    private Http2Socket connect() throws IOException {
        return new Http2Socket(server.port());
    }

    @Test
    void closesConnectionsBeyondThoseOfOneAddress() throws Exception {
        connections = new ConnectionLimit(100, 2);
        restart(ROOM, HOUR, HOUR);
        try (Http2Socket first = connect()) {
            try (Http2Socket second = connect()) {
                Deadline.await(() -> connections.open() == 2);
                for (int i = 0; i < 20; i++) {
                    try (Http2Socket beyond = connect()) {
                        assertThat(beyond.isClosed()).isTrue();
                    }
                }
                second.greet().call(1, INFER);
            }
            Deadline.await(() -> connections.open() == 1);
            isServed();
            first.greet().call(1, INFER);
        }
        assertThat(connections.refused()).isEqualTo(20);
        Deadline.await(() -> connections.open() == 0);
    }

    @Test
    void closesAConnectionWithoutCalls() throws Exception {
        restart(ROOM, HOUR, Duration.ofMillis(100));
        try (Http2Socket silent = connect();
                Http2Socket polite = connect().greet()) {
            assertThat(silent.isClosed()).isTrue();
            assertThat(polite.isClosed()).isTrue();
        }
        Deadline.await(() -> connections.open() == 0);
    }

    @Test
    void endsCallsWhoseRequestsAreNotWholeInTime() throws Exception {
        restart(1 << 30, Duration.ofMillis(200), HOUR);
        try (Http2Socket slow = connect().greet()) {
            slow.call(1, INFER);
            slow.call(3, INFER);
            slow.message(3, MAX_BYTES, 10_000);
            slow.call(5, INFER);
            slow.message(5, 10_000, 10_000);
            slow.call(7, REFLECT);
            for (int i = 0; i < 4; i++) {
                assertThat(slow.status()).isEqualTo(TOO_LATE);
            }
            Deadline.await(() -> server.unfinishedBytes() == 0);
        }
    }

    @Test
    void boundsTheBytesOfRequestsThatAreNotWhole() throws Exception {
        try (Http2Socket first = connect().greet();
                Http2Socket second = connect().greet()) {
            first.call(1, INFER);
            first.message(1, MAX_BYTES, 32 << 10);
            second.call(1, INFER);
            second.message(1, MAX_BYTES, 16 << 10);
            Deadline.await(() -> server.unfinishedBytes() >= 48 << 10);

            for (int stream = 3; stream < 50; stream += 2) {
                second.call(stream, INFER);
                second.message(stream, MAX_BYTES, 1);
            }

            for (int i = 0; i < 11; i++) {
                assertThat(second.status()).isEqualTo(TOO_MUCH);
            }
            assertThat(server.unfinishedBytes()).isEqualTo(ROOM / 2);
        }
        Deadline.await(() -> server.unfinishedBytes() == 0);
        isServed();
    }

    @Test
    void countsABufferForEveryByteThatComesAlone() throws Exception {
        try (Http2Socket drop = connect().greet()) {
            drop.call(1, INFER);
            drop.message(1, MAX_BYTES, 0);
            for (long held = 0; held < ROOM / 2; held += GrpcSockets.READ_BYTES) {
                long before = held;
                drop.zeros(1, 1);
                Deadline.await(() -> server.unfinishedBytes() > before);
            }
            drop.zeros(1, 1);
            assertThat(drop.status()).isEqualTo(TOO_MUCH);
        }
        Deadline.await(() -> server.unfinishedBytes() == 0);
    }

    @Test
    void answersSeveralLargeRequestsAtOnce() throws Exception {
        restart(GrpcOptions.unfinishedBytes(MAX_BYTES), HOUR, HOUR);
        byte[] tensors = new byte[8 * Drawn.tensor(0).length];
        assertThat(tensors).hasSizeGreaterThan(1 << 20);
        ManagedChannel channel = channel();
        try {
            GRPCInferenceServiceFutureStub client = GRPCInferenceServiceGrpc.newFutureStub(channel);
            List<ListenableFuture<ModelInferResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                answers.add(
                        client.modelInfer(
                                GrpcAsked.raw(
                                        "tensor", "FP32", List.of(8L, 3L, 128L, 128L), tensors)));
            }
            for (ListenableFuture<ModelInferResponse> each : answers) {
                assertThat(each.get(1, TimeUnit.MINUTES).getOutputsCount()).isEqualTo(5);
            }
        } finally {
            channel.shutdownNow();
        }
        Deadline.await(() -> server.unfinishedBytes() == 0);
    }

    private ManagedChannel channel() {
        return Grpc.newChannelBuilderForAddress(
                        "127.0.0.1", server.port(), InsecureChannelCredentials.create())
                .build();
    }

    private void isServed() throws InterruptedException {
        ManagedChannel channel = channel();
        try {
            ServerLiveRequest live = ServerLiveRequest.getDefaultInstance();
            assertThat(GRPCInferenceServiceGrpc.newBlockingStub(channel).serverLive(live).getLive())
                    .isTrue();
        } finally {
            channel.shutdownNow().awaitTermination(1, TimeUnit.MINUTES);
        }
    }
}
