package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Version 1 of KServe's protocol. */
class KServeRoutesTest {
    @RegisterExtension
    static final RunningServer server = RunningServer.withOne(SKIN, "max_pictures=3");

    private static final String MODEL = "/v1/models/" + SKIN;
    private static final String FINDING = "application/vnd.medzoo.finding+json";
    private static final byte[] ONE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] OTHER = DrawnPicture.png(200, 200, 2);
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();

    private static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }

    private static Answer predict(String json) {
        Answer answer =
                server.post(
                        MODEL + ":predict",
                        json.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json");
        assertThat(DOCUMENT.faults("POST", MODEL + ":predict", answer)).isEmpty();
        return answer;
    }

    private static String error(int status, String json) {
        Answer answer = predict(json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer.json("/error").asText();
    }

    @Test
    void saysWhichModelsThereAreAndThatTheyAreReady() {
        assertThat(server.get("/v1/models").json("/models/0").asText()).isEqualTo(SKIN);
        Answer ready = server.get(MODEL);

        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json("/name").asText()).isEqualTo(SKIN);
        assertThat(ready.json("/ready").asBoolean()).isTrue();
        for (String path : List.of("/v1/models", MODEL)) {
            assertThat(DOCUMENT.faults("GET", path, server.get(path))).isEmpty();
        }
        Answer none = server.get("/v1/models/eye");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json("/error").asText()).contains("eye");
    }

    @Test
    void givesTheFindingOfEachInstance() {
        Answer answer =
                predict(
                        "{\"instances\": [{\"b64\": \"%s\"}, \"%s\"], \"signature_name\": \"x\"}"
                                .formatted(base64(ONE), base64(OTHER)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json("/predictions")).hasSize(2);
        assertThat(answer.header("x-medzoo-digest")).startsWith("sha256:");
        assertThat(answer.header("x-medzoo-notice")).isNotEmpty();
        for (int i = 0; i < 2; i++) {
            Answer alone =
                    server.post("/predictions/" + SKIN, i == 0 ? ONE : OTHER, "Accept", FINDING);
            assertThat(answer.json("/predictions/" + i)).isEqualTo(alone.json(""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"%s\"",
                "{\"b64\": \"%s\"}",
                "{\"data\": \"%s\"}",
                "{\"image_bytes\": {\"b64\": \"%s\"}}",
                "\"data:image/jpeg;base64,%s\""
            })
    void takesAPictureAsClientsWrapIt(String instance) {
        Answer answer = predict("{\"instances\": [%s]}".formatted(instance.formatted(base64(ONE))));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json("/predictions/0/model").asText()).isEqualTo(SKIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json|body: no JSON object (expected: {\"instances\": ",
                "[]|body: no JSON object (expected: {\"instances\": ",
                "{\"instances\": [\"QUJD\"|body: no JSON object (expected: ",
                "{\"instances\": [\"QUJD\"]} {}|body: no JSON object (expected: ",
                "{\"instances\": [], \"instances\": [\"QUJD\"]}|body: no JSON object (expected: ",
                "{}|instances: no list (expected: {\"instances\": ",
                "{\"instances\": {}}|instances: no list (expected: {\"instances\": ",
                "{\"instances\": []}|instances: 0 pictures (expected: ",
                "{\"instances\": [1, 2, 3, 4]}|instances: 4 pictures (expected: ",
                "{\"instances\": [[0.5]]}|instances[0]: neither a text nor an object with b64 (expected: {\"instances\": ",
                "{\"instances\": [{\"b64\": \"!\"}]}|instances[0]: no base64 (expected: {\"instances\": "
            })
    void saysWhatItExpects(String json, String message) {
        assertThat(error(400, json)).startsWith(message);
    }

    @Test
    void aPictureThatIsNoneRefusesAll() {
        String text = base64("text".getBytes(StandardCharsets.UTF_8));
        String message =
                error(
                        400,
                        "{\"instances\": [{\"b64\": \"%s\"}, {\"b64\": \"%s\"}]}"
                                .formatted(base64(ONE), text));

        assertThat(message).isNotEmpty();
        assertThat(server.get("/metrics").body())
                .contains("medzoo_refusals_total{reason=\"unreadable_picture\"}");
    }

    @Test
    void otherVerbsAreNotThere() {
        assertThat(server.post(MODEL + ":explain", ONE).status()).isEqualTo(405);
        assertThat(server.post("/v1/models/eye:predict", ONE).status()).isEqualTo(404);
    }
}
