package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies with a {@code Content-Encoding}, and pictures in JSON. */
@Tag("slow")
class PackedBodiesTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with("load_models=" + SKIN, "workers=1", "max_request_size=1000000");

    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);

    private static byte[] packed(String coding, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (coding) {
                    case "raw" ->
                            new DeflaterOutputStream(
                                    bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
                    case "deflate" -> new DeflaterOutputStream(bytes);
                    default -> new GZIPOutputStream(bytes);
                }) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "GZip, gzip", "x-gzip, gzip", "deflate, deflate", "deflate, raw"})
    void areUnpacked(String header, String coding) throws Exception {
        String plain = server.post(PATH, PICTURE).body();
        byte[] packed = packed(coding, PICTURE);
        assertThat(server.post(PATH, packed, "Content-Encoding", header).body()).isEqualTo(plain);

        byte[] form = new Multipart().file("data", PICTURE).bytes();
        Answer inForm =
                server.post(
                        "/invocations",
                        packed(coding, form),
                        "Content-Encoding",
                        header,
                        "Content-Type",
                        Multipart.TYPE);
        assertThat(inForm.body()).isEqualTo(plain);
        byte[] infer =
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"%s\"]}]}"
                        .formatted(BASE64)
                        .getBytes(StandardCharsets.UTF_8);
        String path = "/v2/models/" + SKIN + "/infer";
        assertThat(server.post(path, packed(coding, infer), "Content-Encoding", header).body())
                .isEqualTo(server.post(path, infer).body());
    }

    @Test
    void mayHoldNoMoreThanOthers() throws Exception {
        for (String coding : new String[] {"gzip", "deflate"}) {
            byte[] bomb = packed(coding, new byte[50_000_000]);
            assertThat(bomb).hasSizeLessThan(100_000);
            Answer answer = server.post(PATH, bomb, "Content-Encoding", coding);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json("/message").asText())
                    .isEqualTo("body: too large (expected: at most 1000000 bytes)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip", "compress", "nonsense"})
    void areRefusedInOtherCodings(String coding) {
        Answer answer = server.post(PATH, PICTURE, "Content-Encoding", coding);
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("accept-encoding")).isEqualTo("gzip, deflate");
        assertThat(answer.json("/message").asText())
                .isEqualTo(
                        "content-encoding: %s (expected: gzip, deflate or none)".formatted(coding));
    }

    @Test
    void areRefusedWhenBroken() throws Exception {
        byte[] half = Arrays.copyOf(packed("gzip", PICTURE), 30);
        for (byte[] broken : new byte[][] {PICTURE, half}) {
            for (String coding : new String[] {"gzip", "deflate"}) {
                Answer answer = server.post(PATH, broken, "Content-Encoding", coding);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.json("/message").asText())
                        .isEqualTo(
                                "content-encoding: damaged body (expected: a complete body in %s)"
                                        .formatted(coding));
            }
        }
    }

    /** Many once overflowed the stack of the thread that unpacked them. */
    @Test
    void inGzipMayHaveSomeMembers() throws Exception {
        byte[] half = Arrays.copyOf(PICTURE, 30);
        byte[] rest = Arrays.copyOfRange(PICTURE, 30, PICTURE.length);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(packed("gzip", half));
        two.writeBytes(packed("gzip", rest));
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            many.writeBytes(packed("gzip", new byte[0]));
        }

        String plain = server.post(PATH, PICTURE).body();
        assertThat(server.post(PATH, two.toByteArray(), "Content-Encoding", "gzip").body())
                .isEqualTo(plain);
        Answer refused = server.post(PATH, many.toByteArray(), "Content-Encoding", "gzip");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json("/message").asText())
                .isEqualTo("content-encoding: damaged body (expected: a complete body in gzip)");
    }

    /** As many names as once held up all readers of bodies for seconds. */
    @Test
    void holdFewNames() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 70_000; i++) {
            json.append("\"%07d\":1,".formatted(i));
        }
        byte[] body = json.append("\"data\":\"AAAA\"}").toString().getBytes(StandardCharsets.UTF_8);
        for (String path : new String[] {PATH, "/invocations"}) {
            Answer answer = server.post(path, body, "Content-Type", "application/json");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json("/message").asText())
                    .startsWith("body: JSON too large (expected:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\": \"B64\"}",
                "{\"data\": [\"B64\"]}",
                "{\"data\": {\"b64\": \"B64\"}}",
                "{\"instances\": [{\"b64\": \"B64\"}]}",
                "{\"instances\": [{\"data\": {\"b64\": \"B64\"}}], \"signature_name\": null}",
                "{\"instances\": [\"B64\"]}",
                "{\"inputs\": \"B64\", \"parameters\": {}}",
                "{\"inputs\": [\"data:image/png;base64,B64\"]}",
                "{\"image_url\": \"data:image/png;base64,B64\"}",
                "{\"image_url\": \"DATA:;base64,B64\", \"data\": null}"
            })
    void takesAPictureInJson(String json) {
        String plain = server.post(PATH, PICTURE).body();
        byte[] body = json.replace("B64", BASE64).getBytes(StandardCharsets.UTF_8);
        for (String path : new String[] {PATH, "/invocations"}) {
            for (String type :
                    new String[] {"application/json", "Application/JSON; charset=utf-8"}) {
                assertThat(server.post(path, body, "Content-Type", type).body()).isEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | body: none of [data, instances, inputs, image_url] (expected: {\"data\": ",
                "[] | body: no JSON object (expected: {\"data\": ",
                "nonsense | body: no JSON object (expected: {\"data\": ",
                "{\"data\": \"%%%\"} | data: no base64 (expected: {\"data\": ",
                "{\"data\": 7} | data: neither a text nor an object with b64 (expected: ",
                "{\"data\": \"AAAA\", \"inputs\": \"AAAA\"} | body: all of [data, inputs] (expected: ",
                "{\"instances\": []} | instances: 0 pictures, where a request has one",
                "{\"instances\": [\"AAAA\", \"AAAA\"]} | instances: 2 pictures, where a request has one",
                "{\"image_url\": \"http://127.0.0.1/\"} | image_url: an address (expected: the"
                        + " picture itself; URLs are never fetched)"
            })
    void saysWhatToSendInstead(String json, String message) {
        Answer answer =
                server.post(
                        PATH,
                        json.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/message").asText()).startsWith(message);
    }

    @Test
    void saysToWhomSendsAPictureAsJsonWhatToSend() {
        Answer answer = server.post(PATH, PICTURE, "Content-Type", "application/json");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/message").asText())
                .startsWith("body: no JSON object")
                .endsWith("or the picture itself with its own content-type, such as image/png)");
    }
}
