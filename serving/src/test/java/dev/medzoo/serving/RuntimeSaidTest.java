package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.medzoo.inference.GRPCInferenceServiceGrpc;
import dev.medzoo.inference.InferTensorContents;
import dev.medzoo.inference.ModelInferRequest;
import dev.medzoo.inference.ModelInferRequest.InferInputTensor;
import dev.medzoo.inference.ModelInferResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer says what computed it, whichever way it was asked for. */
@Tag("slow")
class RuntimeSaidTest {
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnx", "onnx-int8"})
    void everyAnswerSaysWhatComputedIt(String runtime) throws Exception {
        RunningServer server =
                RunningServer.withOne(SKIN, "runtime=" + runtime, "grpc_port=0").start();
        try {
            Answer answer = server.post("/predictions/" + SKIN, PICTURE);
            assertThat(answer.header("x-medzoo-runtime")).isEqualTo(runtime);
            assertThat(server.get("/models/" + SKIN).json("/0/models/0/runtime").asText())
                    .isEqualTo(runtime);
            assertThat(rest(server).json("/parameters/runtime").asText()).isEqualTo(runtime);
            assertThat(grpc(server).getParametersOrThrow("runtime").getStringParam())
                    .isEqualTo(runtime);
        } finally {
            server.server().close();
        }
    }

    private static Answer rest(RunningServer server) {
        String json =
                "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"%s\"]}]}"
                        .formatted(Base64.getEncoder().encodeToString(PICTURE));
        return server.post(
                "/v2/models/" + SKIN + "/infer", json.getBytes(StandardCharsets.US_ASCII));
    }

    private static ModelInferResponse grpc(RunningServer server) {
        ManagedChannel channel =
                Grpc.newChannelBuilderForAddress(
                                "127.0.0.1",
                                server.server().grpcPort(),
                                InsecureChannelCredentials.create())
                        .build();
        InferTensorContents contents =
                InferTensorContents.newBuilder()
                        .addBytesContents(ByteString.copyFrom(PICTURE))
                        .build();
        try {
            return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                    .modelInfer(
                            ModelInferRequest.newBuilder()
                                    .setModelName(SKIN)
                                    .addInputs(
                                            InferInputTensor.newBuilder()
                                                    .setName("image")
                                                    .setDatatype("BYTES")
                                                    .addShape(1)
                                                    .setContents(contents))
                                    .build());
        } finally {
            channel.shutdownNow();
        }
    }
}
