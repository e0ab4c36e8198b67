package dev.medzoo.serving.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.medzoo.inference.InferParameter;
import dev.medzoo.inference.InferTensorContents;
import dev.medzoo.inference.ModelInferRequest;
import dev.medzoo.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.medzoo.inference.ModelInferResponse;
import dev.medzoo.inference.ModelMetadataRequest;
import dev.medzoo.inference.ModelMetadataResponse;
import dev.medzoo.inference.ModelReadyRequest;
import dev.medzoo.inference.ServerLiveRequest;
import dev.medzoo.inference.ServerMetadataRequest;
import dev.medzoo.inference.ServerMetadataResponse;
import dev.medzoo.inference.ServerReadyRequest;
import dev.medzoo.serving.DrawnDicom;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.finding.Finding;
import io.grpc.CallOptions;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

@Tag("jdk")
@Tag("slow")
class GrpcServerTest {
    private static final int MAX_BYTES = 1 << 20;

    private static RealSkin skin;
    private static GrpcServer server;
    private static ManagedChannel channel;
    private static GRPCInferenceServiceBlockingStub client;

    @BeforeAll
    static void start() throws Exception {
        skin = new RealSkin();
        server = skin.grpc(CallGuard.OPEN, MAX_BYTES);
        channel =
                Grpc.newChannelBuilderForAddress(
                                "127.0.0.1", server.port(), InsecureChannelCredentials.create())
                        .build();
        client = GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    @AfterAll
    static void close() {
        channel.shutdownNow();
        server.close();
        skin.close();
    }

    @Test
    void describesTheServer() {
        ServerMetadataResponse metadata =
                client.serverMetadata(ServerMetadataRequest.getDefaultInstance());

        assertThat(metadata.getName()).isEqualTo("medzoo");
        assertThat(metadata.getVersion()).isEqualTo("0.1.0");
        assertThat(metadata.getExtensionsList()).containsExactly("binary_tensor_data");
    }

    @Test
    void saysWhetherItIsLiveAndReady() {
        ModelReadyRequest model = ModelReadyRequest.newBuilder().setName(RealSkin.NAME).build();

        assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
        assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
        assertThat(client.modelReady(model).getReady()).isTrue();
        skin.ready = false;
        try {
            assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                    .isFalse();
        } finally {
            skin.ready = true;
        }
    }

    @Test
    void describesAModel() {
        ModelMetadataResponse model =
                client.modelMetadata(
                        ModelMetadataRequest.newBuilder()
                                .setName(RealSkin.NAME)
                                .setVersion("stable")
                                .build());

        assertThat(model.getName()).isEqualTo(RealSkin.NAME);
        assertThat(model.getVersionsList()).containsExactly(RealSkin.VERSION);
        assertThat(model.getPlatform()).isEqualTo("medzoo_djl");
        assertThat(model.getInputs(0).getName()).isEqualTo("image");
        assertThat(model.getInputs(1).getShapeList()).containsExactly(-1L, 3L, 128L, 128L);
        assertThat(model.getOutputsList().stream().map(each -> each.getName()))
                .containsExactly(
                        "probabilities", "label", "abstained", "set", "out_of_distribution");
        assertThat(model.getOutputs(0).getShapeList()).containsExactly(-1L, 7L);
        assertThat(model.getPropertiesMap())
                .containsEntry("labels", "akiec,bcc,bkl,df,mel,nv,vasc")
                .containsEntry("notice", Finding.NOTICE);
    }

    @Test
    void findsTheSameAsOverRest() {
        ModelInferResponse answer =
                client.modelInfer(
                        GrpcAsked.images(0, 1, 2).toBuilder()
                                .setId("7")
                                .setModelVersion("stable")
                                .build());

        RestAsked rest = RestAsked.json(skin.rest(8), RestBody.images(0, 1, 2));
        assertThat(probabilities(answer)).isEqualTo(rest.probabilities()).hasSize(21);
        assertThat(answer.getId()).isEqualTo("7");
        assertThat(answer.getModelName()).isEqualTo(RealSkin.NAME);
        assertThat(answer.getModelVersion()).isEqualTo(RealSkin.VERSION);
        assertThat(answer.getParametersOrThrow("digest").getStringParam())
                .isEqualTo(skin.identity().digest());
        assertThat(answer.getParametersOrThrow("runtime").getStringParam()).isEqualTo("pytorch");
        assertThat(answer.getParametersOrThrow("notice").getStringParam())
                .isEqualTo(Finding.NOTICE);
        assertThat(answer.getRawOutputContentsList()).isEmpty();
        assertThat(answer.getOutputs(1).getContents().getBytesContentsList())
                .extracting(ByteString::toStringUtf8)
                .containsExactly("vasc", "vasc", "mel");
        assertThat(answer.getOutputs(2).getContents().getBoolContentsList())
                .containsExactly(false, false, false);
        assertThat(answer.getOutputs(3).getParametersOrThrow("coverage").getDoubleParam())
                .isEqualTo(0.9);
        double threshold = answer.getOutputs(4).getParametersOrThrow("threshold").getDoubleParam();
        assertThat(threshold).isPositive();
        assertThat(answer.getParametersOrThrow("unlike_training").getBoolParam())
                .isEqualTo(
                        answer.getOutputs(4).getContents().getFp32ContentsList().stream()
                                .anyMatch(score -> score > threshold))
                .isTrue();
        assertThat(answer.getParametersOrThrow("abstained").getBoolParam()).isFalse();
    }

    @Test
    void takesTensorsAndRawContentsForTheSame() {
        List<Float> typed = probabilities(client.modelInfer(GrpcAsked.tensor(0)));

        ModelInferResponse tensor =
                client.modelInfer(
                        GrpcAsked.raw("tensor", "FP32", List.of(3L, 128L, 128L), Drawn.tensor(0)));
        ModelInferResponse image =
                client.modelInfer(
                        GrpcAsked.raw(
                                "image", "BYTES", List.of(1L), Drawn.elements(Drawn.file(0))));

        assertThat(raw(tensor)).isEqualTo(typed);
        assertThat(raw(image)).isEqualTo(probabilities(client.modelInfer(GrpcAsked.images(0))));
        assertThat(tensor.getRawOutputContentsCount()).isEqualTo(tensor.getOutputsCount());
        assertThat(tensor.getOutputsList()).noneMatch(each -> each.hasContents());
        assertThat(tensor.getRawOutputContents(1).toByteArray())
                .isEqualTo(Drawn.elements("vasc".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void givesTheOutputsThatAreAskedFor() {
        ModelInferResponse answer =
                client.modelInfer(
                        GrpcAsked.images(0).toBuilder()
                                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("set"))
                                .addOutputs(
                                        InferRequestedOutputTensor.newBuilder().setName("label"))
                                .build());

        assertThat(answer.getOutputsList().stream().map(each -> each.getName()))
                .containsExactly("set", "label");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void refuses(ModelInferRequest request, Status.Code code, String message) {
        StatusRuntimeException refused = refused(() -> client.modelInfer(request));

        assertThat(refused.getStatus().getCode()).isEqualTo(code);
        assertThat(refused.getStatus().getDescription()).startsWith(message).hasSizeLessThan(600);
        assertThat(trailer(refused, "x-request-id")).isNotEmpty();
    }

    static Stream<Arguments> requests() {
        ModelInferRequest good = GrpcAsked.images(0);
        Status.Code bad = Status.Code.INVALID_ARGUMENT;
        InferTensorContents noise =
                InferTensorContents.newBuilder()
                        .addBytesContents(ByteString.copyFrom(Drawn.file(0)))
                        .addBytesContents(ByteString.copyFromUtf8("no picture"))
                        .build();
        List<Long> shape = List.of(1L, 3L, 128L, 128L);
        return Stream.of(
                arguments(
                        good.toBuilder().setModelName("eye").build(),
                        Status.Code.NOT_FOUND,
                        "Model or workflow not found: eye"),
                arguments(
                        good.toBuilder().setModelName("é".repeat(20_000)).build(),
                        Status.Code.NOT_FOUND,
                        "Model or workflow not found: é"),
                arguments(
                        good.toBuilder().setModelVersion("9.9.9").build(),
                        Status.Code.NOT_FOUND,
                        "Model or workflow not found"),
                arguments(good.toBuilder().clearInputs().build(), bad, "inputs: 0 (expected"),
                arguments(
                        good.toBuilder().addInputs(good.getInputs(0)).build(),
                        bad,
                        "inputs: 2 (expected"),
                arguments(
                        good.toBuilder().addRawInputContents(ByteString.EMPTY).build(),
                        bad,
                        "contents: given (expected: none"),
                arguments(
                        GrpcAsked.raw("image", "BYTES", List.of(1L), new byte[3]).toBuilder()
                                .addRawInputContents(ByteString.EMPTY)
                                .build(),
                        bad,
                        "raw_input_contents: 2 (expected"),
                arguments(
                        GrpcAsked.raw("image", "BYTES", List.of(1L), new byte[3]),
                        bad,
                        "image: element 0 is 4 bytes long"),
                arguments(
                        GrpcAsked.raw("tensor", "FP32", shape, new byte[3]),
                        bad,
                        "tensor: 3 bytes (expected: 196608"),
                arguments(GrpcAsked.typed("tensor", "FP32", shape, noise), bad, "tensor: texts"),
                arguments(
                        GrpcAsked.typed(
                                "tensor", "FP32", shape, InferTensorContents.getDefaultInstance()),
                        bad,
                        "tensor: 0 numbers (expected: 49152"),
                arguments(
                        GrpcAsked.raw("tensor", "FP32", shape, beyondEveryPicture()),
                        bad,
                        "input: 3.4028235E38 at 0 (expected: -1000000..1000000, norm"),
                arguments(
                        GrpcAsked.typed("image", "BYTES", List.of(2L), noise), bad, "picture 1: "),
                arguments(
                        GrpcAsked.typed("image", "BYTES", List.of(65L), noise),
                        bad,
                        "image: 65 pictures (expected: 1..64)"),
                arguments(
                        good.toBuilder()
                                .addOutputs(InferRequestedOutputTensor.newBuilder().setName("m"))
                                .build(),
                        bad,
                        "output: m (expected one of"));
    }

    /** Finite numbers, whose sums are not. */
    private static byte[] beyondEveryPicture() {
        ByteBuffer bytes =
                ByteBuffer.allocate(3 * 128 * 128 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat(Float.MAX_VALUE);
        }
        return bytes.array();
    }

    @Test
    void refusesAMessageThatIsTooLarge() {
        ModelInferRequest request =
                GrpcAsked.raw("image", "BYTES", List.of(1L), new byte[MAX_BYTES]);

        assertThat(refused(() -> client.modelInfer(request)).getStatus().getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    /** Of a message that could be read, so that its size alone is what is wrong. */
    @Test
    void unpacksNoMessageFurtherThanItMayBe() {
        ModelInferRequest bomb =
                GrpcAsked.raw("image", "BYTES", List.of(1L), new byte[16 * MAX_BYTES]);
        ModelInferRequest small = GrpcAsked.raw("image", "BYTES", List.of(1L), new byte[1]);

        Status tooLarge =
                refused(() -> client.withCompression("gzip").modelInfer(bomb)).getStatus();
        assertThat(tooLarge.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        Status read = refused(() -> client.withCompression("gzip").modelInfer(small)).getStatus();
        assertThat(read.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** Each once was built first, which took seconds and hundreds of megabytes. */
    @ParameterizedTest
    @MethodSource("crowds")
    void refusesAMessageOfManyPartsUnread(byte[] message) {
        Status status = refused(() -> send(message)).getStatus();

        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription())
                .isEqualTo("message: too many parts (expected: at most 10064, numbers packed)");
    }

    static Stream<byte[]> crowds() {
        byte[] empty = new byte[20_000];
        byte[] ones = new byte[10_100];
        Arrays.fill(ones, (byte) 1);
        ByteString unknown = ByteString.copyFrom(repeated(new byte[] {0x78, 0}));
        return Stream.of(
                repeated(new byte[] {0x22, 0}),
                repeated(new byte[] {0x2a, 0}),
                repeated(new byte[] {0x32, 0}),
                repeated(new byte[] {0x3a, 0}),
                unknown.toByteArray(),
                input(repeated(new byte[] {0x22, 0})),
                input(field(3, ones)),
                input(field(5, field(1, ones))),
                input(field(5, field(3, ones))),
                input(field(5, repeated(new byte[] {0x42, 0}))),
                input(field(4, field(2, unknown.toByteArray()))),
                field(6, field(2, repeated(new byte[] {0x2a, 0}))),
                input(field(5, field(5, empty))));
    }

    private static byte[] repeated(byte[] two) {
        byte[] all = new byte[20_200];
        for (int i = 0; i < all.length; i++) {
            all[i] = two[i % 2];
        }
        return all;
    }

    private static byte[] input(byte[] value) {
        return field(5, value);
    }

    /** A field of that number that holds bytes, or a message, or packed numbers. */
    private static byte[] field(int number, byte[] value) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(value))
                                .build())
                .build()
                .toByteArray();
    }

    @Test
    void refusesAGroupOfPartsToo() {
        byte[] group = repeated(new byte[] {0x7b, 0x7c});

        assertThat(refused(() -> send(group)).getStatus().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** Many empty members once overflowed the stack of a thread. */
    @ParameterizedTest
    @MethodSource("brokenGzips")
    void refusesAMessageInBrokenGzip(byte[] frame) {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        logger.addAppender(lines);
        CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
        registry.register(new Frame(frame));
        ManagedChannel packing =
                Grpc.newChannelBuilderForAddress(
                                "127.0.0.1", server.port(), InsecureChannelCredentials.create())
                        .compressorRegistry(registry)
                        .build();
        try {
            GRPCInferenceServiceBlockingStub sender =
                    GRPCInferenceServiceGrpc.newBlockingStub(packing).withCompression("gzip");
            Status status = refused(() -> sender.modelInfer(GrpcAsked.images(0))).getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(status.getDescription())
                    .isEqualTo("message: malformed (expected: a complete one)");
        } finally {
            packing.shutdownNow();
            logger.detachAppender(lines);
        }
        assertThat(lines.list).isEmpty();
    }

    static Stream<byte[]> brokenGzips() throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        new GZIPOutputStream(member).close();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            members.writeBytes(member.toByteArray());
        }
        return Stream.of(
                members.toByteArray(), Arrays.copyOf(member.toByteArray(), 15), new byte[20]);
    }

    /** Sends the same bytes whatever the message. */
    private static final class Frame implements Compressor {
        private final byte[] bytes;

        Frame(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public String getMessageEncoding() {
            return "gzip";
        }

        @Override
        public OutputStream compress(OutputStream out) throws IOException {
            out.write(bytes);
            return OutputStream.nullOutputStream();
        }
    }

    /** Each once wrote a stack trace. */
    @Test
    void saysLittleOfWhatIsNoMessage() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(GrpcLog.class);
        logger.addAppender(lines);
        List<LogRecord> ofJava = new CopyOnWriteArrayList<>();
        Handler handler = new Recorder(ofJava);
        java.util.logging.Logger.getLogger("").addHandler(handler);
        try {
            byte[] broken = new byte[] {(byte) 0xff, (byte) 0xff, 7};
            for (int i = 0; i < 20; i++) {
                Status status = refused(() -> send(broken)).getStatus();
                assertThat(status.getCode()).isNotEqualTo(Status.Code.OK);
                refuseAsTooLarge(new byte[MAX_BYTES + 1]);
            }
        } finally {
            java.util.logging.Logger.getLogger("").removeHandler(handler);
            logger.detachAppender(lines);
        }
        assertThat(ofJava).isEmpty();
        assertThat(lines.list)
                .hasSizeLessThan(5)
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull())
                .allSatisfy(line -> assertThat(line.getFormattedMessage()).doesNotContain("\n"));
    }

    /** The guard keeps the server from reading, and no window grows before it is acknowledged. */
    @Test
    void saysLittleOfAClientThatSendsMoreThanItMay() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(GrpcLog.class);
        CompletableFuture<Void> released = new CompletableFuture<>();
        CallGuard waiting =
                (call, isPrediction) -> {
                    released.join();
                    return null;
                };
        logger.addAppender(lines);
        try (GrpcServer held = skin.grpc(waiting, MAX_BYTES);
                Http2Socket client = new Http2Socket(held.port()).greet()) {
            client.call(1, GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName());
            client.message(1, MAX_BYTES, 100_000);
            client.awaitReset();
            released.complete(null);
        } finally {
            released.complete(null);
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull())
                .allSatisfy(line -> assertThat(line.getFormattedMessage()).doesNotContain("\n"));
    }

    private static void refuseAsTooLarge(byte[] bytes) {
        assertThat(refused(() -> send(bytes)).getStatus().getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    /** Whatever bytes, as if they were a message. */
    private static void send(byte[] bytes) {
        MethodDescriptor<byte[], byte[]> method =
                MethodDescriptor.<byte[], byte[]>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(
                                GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName())
                        .setRequestMarshaller(new Bytes())
                        .setResponseMarshaller(new Bytes())
                        .build();
        ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, bytes);
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What of gRPC's own log comes to the handlers of Java's. */
    private static final class Recorder extends Handler {
        private final List<LogRecord> records;

        Recorder(List<LogRecord> records) {
            this.records = records;
        }

        @Override
        public void publish(LogRecord record) {
            if (String.valueOf(record.getLoggerName()).startsWith("io.grpc")) {
                records.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void looksAtTheFrameThatAParameterNames() {
        ByteString frames = ByteString.copyFrom(DrawnDicom.of(2).bytes());
        ByteString second = ByteString.copyFrom(DrawnDicom.picture(2));
        InferParameter two = InferParameter.newBuilder().setInt64Param(2).build();
        InferParameter three = InferParameter.newBuilder().setInt64Param(3).build();

        assertThat(probabilities(client.modelInfer(withFrame(frames, two))))
                .isEqualTo(probabilities(client.modelInfer(file(second))));
        Status refused = refused(() -> client.modelInfer(withFrame(frames, three))).getStatus();
        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).contains("DICOM frame: 3 (expected: 1..2)");
    }

    private static ModelInferRequest withFrame(ByteString file, InferParameter frame) {
        ModelInferRequest.Builder request = file(file).toBuilder();
        request.getInputsBuilder(0).putParameters("frame", frame);
        return request.build();
    }

    private static ModelInferRequest file(ByteString file) {
        InferTensorContents contents =
                InferTensorContents.newBuilder().addBytesContents(file).build();
        return GrpcAsked.typed("image", "BYTES", List.of(1L), contents);
    }

    @Test
    void knowsNoOtherModel() {
        ModelMetadataRequest eye = ModelMetadataRequest.newBuilder().setName("eye").build();
        ModelReadyRequest none = ModelReadyRequest.getDefaultInstance();

        assertThat(refused(() -> client.modelMetadata(eye)).getStatus().getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refused(() -> client.modelReady(none)).getStatus().getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void passesOnWhyThereIsNoAnswer() {
        Refusal full = Refusal.later(Refusal.Kind.QUEUE_FULL, "queue: full", Duration.ofSeconds(3));
        skin.hold = CompletableFuture.failedFuture(new RefusedException(full));
        try {
            StatusRuntimeException refused = refused(() -> client.modelInfer(GrpcAsked.images(0)));
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(refused.getStatus().getDescription()).isEqualTo("queue: full");
            assertThat(trailer(refused, "retry-after")).isEqualTo("3");
            skin.hold = CompletableFuture.failedFuture(new IllegalStateException("broken"));
            Status failed = refused(() -> client.modelInfer(GrpcAsked.images(0))).getStatus();
            assertThat(failed.getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(failed.getDescription()).doesNotContain("broken");
        } finally {
            skin.hold = CompletableFuture.completedFuture(null);
        }
    }

    private static StatusRuntimeException refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call));
    }

    private static String trailer(StatusRuntimeException refused, String name) {
        Metadata trailers = Objects.requireNonNull(refused.getTrailers());
        return Objects.requireNonNull(
                trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
    }

    private static List<Float> probabilities(ModelInferResponse answer) {
        return answer.getOutputs(0).getContents().getFp32ContentsList();
    }

    private static List<Float> raw(ModelInferResponse answer) {
        ByteBuffer bytes =
                answer.getRawOutputContents(0)
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN);
        List<Float> all = new ArrayList<>();
        while (bytes.hasRemaining()) {
            all.add(bytes.getFloat());
        }
        return all;
    }
}
