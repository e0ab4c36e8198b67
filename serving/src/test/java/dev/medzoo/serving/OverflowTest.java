package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors of numbers that no picture comes near. */
@Tag("slow")
class OverflowTest {
    private static final int NUMBERS = 3 * 128 * 128;

    /** Float networks overflow on the largest, and 8 bits end at the range of real pictures. */
    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnx", "onnx-int8"})
    void areRefusedBeyondAMillionWhateverTheRuntime(String runtime) throws Exception {
        RunningServer server = RunningServer.withOne(SKIN, "runtime=" + runtime).start();
        try {
            for (float each : new float[] {Float.MAX_VALUE, -3e38f, 1.1e6f}) {
                Answer refused = infer(server, each).join();
                assertThat(refused.status()).as("%s", each).isEqualTo(400);
                assertThat(refused.json("/error").asText())
                        .isEqualTo(
                                "input: %s at 0 (expected: -1000000..1000000, normalised as the artifact says)"
                                        .formatted(each));
            }
            assertThat(infer(server, 1e6f).join().status()).isEqualTo(200);
            assertThat(infer(server, -1e6f).join().status()).isEqualTo(200);
        } finally {
            server.server().close();
        }
    }

    /** Two that come together are computed together, however long the second takes. */
    @ParameterizedTest
    @ValueSource(strings = {"onnx", "onnx-int8"})
    void areNobodyElsesLoss(String runtime) throws Exception {
        RunningServer server =
                RunningServer.withOne(
                                SKIN, "batch_size=2", "max_batch_delay=60000", "runtime=" + runtime)
                        .start();
        try {
            CompletableFuture<Answer> picture =
                    server.sendAsync("POST", "/predictions/" + SKIN, DrawnPicture.png(64, 64, 1));
            assertThat(infer(server, Float.MAX_VALUE).join().status()).isEqualTo(400);
            assertThat(picture.join().status()).isEqualTo(200);
        } finally {
            server.server().close();
        }
    }

    private static CompletableFuture<Answer> infer(RunningServer server, float each) {
        String head =
                "{\"inputs\": [{\"name\": \"tensor\", \"datatype\": \"FP32\", \"shape\": [3, 128, 128], \"parameters\": {\"binary_data_size\": %d}}]}"
                        .formatted(NUMBERS * Float.BYTES);
        ByteBuffer body =
                ByteBuffer.allocate(head.length() + NUMBERS * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(head.getBytes(StandardCharsets.US_ASCII));
        while (body.hasRemaining()) {
            body.putFloat(each);
        }
        return server.sendAsync(
                "POST",
                "/v2/models/" + SKIN + "/infer",
                body.array(),
                "Inference-Header-Content-Length",
                String.valueOf(head.length()));
    }
}
