package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tensors of finite numbers that a network makes no finite numbers of. */
class OverflowTest {
    private static final int NUMBERS = 3 * 128 * 128;

    /** Two that come together are computed together, however long the second takes. */
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with(
                    "load_models=" + SKIN, "workers=1", "batch_size=2", "max_batch_delay=60000");

    @Test
    void areTheirClientsFaultAndNobodyElsesLoss() {
        CompletableFuture<Answer> picture =
                server.sendAsync("POST", "/predictions/" + SKIN, DrawnPicture.png(64, 64, 1));
        Answer refused = infer(Float.MAX_VALUE);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json("/error").asText())
                .startsWith("network: no finite numbers (expected: ");
        assertThat(picture.join().status()).isEqualTo(200);
    }

    private static Answer infer(float each) {
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
        return server.post(
                "/v2/models/" + SKIN + "/infer",
                body.array(),
                "Inference-Header-Content-Length",
                String.valueOf(head.length()));
    }
}
