package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    @RegisterExtension static final RunningServer server = RunningServer.with("workers=1");

    private static final String SKIN_PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] TEXT = "not a picture".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "POST, /predictions/none, 404, ModelNotFoundException, Model or workflow not found: none",
        "POST, /predictions/pretrained-skin/9.9.9, 404, ModelNotFoundException,"
                + " Model or workflow not found: pretrained-skin/9.9.9",
        "POST, /predictions/pretrained-skin%2F1.0.0, 404, ModelNotFoundException,"
                + " Model or workflow not found: pretrained-skin/1.0.0",
        "POST, /predictions/..%2F..%2Fx, 404, ModelNotFoundException,"
                + " Model or workflow not found: ../../x",
        "POST, /predictions, 404, ResourceNotFoundException,"
                + " 'Requested resource is not found, please refer to API document.'",
        "POST, /predictions/a/b/c, 404, ResourceNotFoundException,"
                + " 'Requested resource is not found, please refer to API document.'",
        "GET, /, 404, ResourceNotFoundException,"
                + " 'Requested resource is not found, please refer to API document.'",
        "GET, /unknown, 404, ResourceNotFoundException,"
                + " 'Requested resource is not found, please refer to API document.'",
        "GET, /predictions/pretrained-skin, 405, MethodNotAllowedException,"
                + " 'Requested method is not allowed, please refer to API document.'",
        "PUT, /predictions/pretrained-skin, 405, MethodNotAllowedException,"
                + " 'Requested method is not allowed, please refer to API document.'",
        "PATCH, /models/pretrained-skin, 405, MethodNotAllowedException,"
                + " 'Requested method is not allowed, please refer to API document.'",
        "POST, /ping, 405, MethodNotAllowedException,"
                + " 'Requested method is not allowed, please refer to API document.'"
    })
    void refuses(String method, String path, int status, String type, String message) {
        Answer answer = server.send(method, path, PICTURE);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json("/code").asInt()).isEqualTo(status);
        assertThat(answer.json("/type").asText()).isEqualTo(type);
        assertThat(answer.json("/message").asText()).isEqualTo(message);
        assertThat(answer.header("connection")).isEqualTo("close");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.body()).endsWith("}\n");
    }

    @Test
    void saysWhichMethodsAPathHas() {
        assertThat(server.get(SKIN_PATH).header("allow")).contains("POST").contains("OPTIONS");
        assertThat(server.send("PATCH", "/models", TEXT).header("allow"))
                .isEqualTo("GET, HEAD, POST");
    }

    @Test
    void refusesWhatIsNoPicture() {
        for (byte[] body : List.of(new byte[0], TEXT, Arrays.copyOf(PICTURE, PICTURE.length / 2))) {
            Answer answer = server.post(SKIN_PATH, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json("/type").asText()).isEqualTo("TranslateException");
            assertThat(answer.json("/message").asText())
                    .isEqualTo("Failed to read image from input stream");
            assertThat(answer.json("/detail").asText()).startsWith("picture: ");
        }
        assertThat(server.post(SKIN_PATH, PICTURE).status()).isEqualTo(200);
    }

    @Test
    void fetchesNoUrl() {
        byte[] json =
                "{\"image_url\": \"http://127.0.0.1/a.jpg\"}".getBytes(StandardCharsets.UTF_8);
        Answer answer = server.post(SKIN_PATH, json, "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/message").asText())
                .isEqualTo(
                        "image_url: an address (expected: the picture itself; URLs are never"
                                + " fetched)");
        assertThat(server.post(SKIN_PATH, json).status()).isEqualTo(400);
    }

    @Test
    void refusesFormsThatHaveNoPictureToChoose() {
        byte[] whole = new Multipart().file("data", PICTURE).bytes();
        Multipart many = new Multipart();
        for (int i = 0; i < 500; i++) {
            many.field("f" + i, TEXT);
        }
        for (byte[] form :
                List.of(
                        new byte[0],
                        TEXT,
                        new Multipart().bytes(),
                        new Multipart().file("left", PICTURE).file("right", PICTURE).bytes(),
                        new Multipart().file("data", PICTURE).file("data", PICTURE).bytes(),
                        many.bytes(),
                        Arrays.copyOf(whole, whole.length / 2))) {
            Answer answer = server.post(SKIN_PATH, form, "Content-Type", Multipart.TYPE);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json("/type").asText()).isEqualTo("BadRequestException");
            assertThat(answer.json("/message").asText()).startsWith("multipart: ");
        }
        assertThat(
                        server.post(SKIN_PATH, whole, "Content-Type", "multipart/form-data")
                                .json("/message")
                                .asText())
                .startsWith("multipart: no boundary");
    }
}
