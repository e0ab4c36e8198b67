package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a model looks, over HTTP. */
@Tag("slow")
class ExplanationTest {
    @RegisterExtension static final RunningServer server = RunningServer.with();

    private static final String SKIN_PATH = "/explanations/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);

    @Test
    void tellsTheMapAndTheFindingThatAPredictionGives() {
        Answer predicted =
                server.post("/predictions/" + SKIN, PICTURE, "Accept", Finding.MEDIA_TYPE);
        Answer answer = server.post(SKIN_PATH, PICTURE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json("/finding")).isEqualTo(predicted.json(""));
        for (String same : new String[] {"model", "version", "digest", "notice"}) {
            assertThat(answer.json("/" + same)).isEqualTo(predicted.json("/" + same));
        }
        assertThat(answer.json("/class")).isEqualTo(predicted.json("/label"));
        assertThat(answer.json("/method").asText()).isEqualTo("layercam");
        assertThat(answer.json("/width").asInt()).isEqualTo(320);
        assertThat(answer.json("/height").asInt()).isEqualTo(240);
        assertThat(answer.json("/area").toString())
                .isEqualTo("{\"x\":0.0,\"y\":0.0,\"width\":320.0,\"height\":240.0}");
        int cells = answer.json("/grid/width").asInt() * answer.json("/grid/height").asInt();
        assertThat(cells).isGreaterThanOrEqualTo(256);
        double most = 0;
        for (JsonNode value : answer.json("/map")) {
            assertThat(value.asDouble()).isBetween(0.0, 1.0);
            most = Math.max(most, value.asDouble());
        }
        assertThat(answer.json("/map")).hasSize(cells);
        assertThat(most).isEqualTo(1);
        for (String header :
                new String[] {
                    "model", "digest", "runtime", "notice", "abstained", "unlike-training"
                }) {
            assertThat(answer.header("x-medzoo-" + header))
                    .isEqualTo(predicted.header("x-medzoo-" + header));
        }
        assertThat(answer.header("x-medzoo-method")).isEqualTo("layercam");
    }

    @ParameterizedTest
    @CsvSource({
        "?method=gradcam, gradcam, 16",
        "?method=gradcam&class=mel, gradcam, 16",
        "?method=rise&class=mel, rise, 1024",
        "/stable?class=vasc, layercam, 256",
        "/" + VERSION + "?method=layercam&class=nv, layercam, 256"
    })
    void takesMethodClassAndVersion(String how, String method, int cells) {
        Answer answer = server.post(SKIN_PATH + how, PICTURE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("/method").asText()).isEqualTo(method);
        assertThat(answer.json("/map").size()).isGreaterThanOrEqualTo(cells);
        int asked = how.indexOf("class=");
        if (asked >= 0) {
            assertThat(answer.json("/class").asText()).isEqualTo(how.substring(asked + 6));
        }
    }

    @Test
    void takesThePictureInEveryFormThatAPredictionTakes() {
        JsonNode expected = server.post(SKIN_PATH, PICTURE).json("");
        String base64 = Base64.getEncoder().encodeToString(PICTURE);
        byte[] json = ("{\"data\": \"" + base64 + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(
                        server.post(
                                        SKIN_PATH,
                                        new Multipart().file("data", PICTURE).bytes(),
                                        "Content-Type",
                                        Multipart.TYPE)
                                .json(""))
                .isEqualTo(expected);
        assertThat(server.post(SKIN_PATH, json, "Content-Type", "application/json").json(""))
                .isEqualTo(expected);
    }

    @Test
    void drawsTheMapOverThePicture() throws Exception {
        byte[] large = DrawnPicture.jpeg(1600, 1200, 3);
        HttpResponse<byte[]> answer = drawn(large, "image/png");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("image/png");
        assertThat(answer.headers().firstValue("x-medzoo-notice")).hasValue(Finding.NOTICE);
        assertThat(answer.headers().firstValue("x-medzoo-digest").orElse("")).startsWith("sha256:");
        RgbPicture png = new PictureDecoder().decode(answer.body());
        assertThat(png.width()).isEqualTo(1024);
        assertThat(png.height()).isEqualTo(768);

        RgbPicture small = new PictureDecoder().decode(drawn(PICTURE, "image/png").body());
        RgbPicture plain = new PictureDecoder().decode(PICTURE);
        assertThat(small.width()).isEqualTo(plain.width());
        assertThat(small.height()).isEqualTo(plain.height());
        assertThat(Arrays.equals(small.rgb(), plain.rgb())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image/png | image/png",
                "image/png, application/json | application/json",
                "image/png, application/json;q=0.5 | image/png",
                "image/avif,image/webp,IMAGE/PNG,*/*;q=0.8 | image/png",
                "image/png;q=0 | application/json",
                "image/webp, image/png;q=0.9 | image/png",
                "text/html, image/png;q=0.5 | image/png",
                "image/* | image/png",
                "image/*;q=0.5, application/json | application/json",
                "application/*, image/png;q=0.5 | application/json",
                "text/html | application/json",
                "*/* | application/json"
            })
    void answersInTheFormThatIsNamedAndLikedBetter(String accept, String type) throws Exception {
        assertThat(drawn(PICTURE, accept).headers().firstValue("content-type")).hasValue(type);
    }

    private static HttpResponse<byte[]> drawn(byte[] picture, String accept) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + server.address().getPort()
                                                + SKIN_PATH))
                        .header("Accept", accept)
                        .POST(BodyPublishers.ofByteArray(picture))
                        .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?method=lime | method: lime (expected: layercam, gradcam or rise)",
                "?method= | method:  (expected: layercam, gradcam or rise)",
                "?method=LayerCAM | method: LayerCAM (expected: layercam, gradcam or rise)",
                "?method=gradcam&method=layercam | method: 2 values (expected: one)",
                "?class=melanoma | class: melanoma (expected: one of [akiec, bcc, bkl, df, mel, nv, vasc])",
                "?class= | class:  (expected: one of [akiec, bcc, bkl, df, mel, nv, vasc])",
                "?class=nv&class=mel | class: 2 values (expected: one)"
            })
    void refusesAnotherMethodOrClass(String query, String message) {
        Answer answer = server.post(SKIN_PATH + query, PICTURE);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no picture", "GIF89a", "\u00ff\u00d8\u00ff"})
    void refusesWhatIsNoPicture(String text) {
        Answer answer = server.post(SKIN_PATH, text.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/type").asText()).isEqualTo("TranslateException");
        assertThat(answer.json("/detail").asText()).startsWith("picture: ");
    }

    @Test
    void refusesWhatPredictionsRefuse() {
        byte[] half = Arrays.copyOf(PICTURE, PICTURE.length / 2);

        assertThat(server.post(SKIN_PATH, half).status()).isEqualTo(400);
        assertThat(server.post("/explanations/eye", PICTURE).status()).isEqualTo(404);
        assertThat(server.post(SKIN_PATH + "/9.9.9", PICTURE).status()).isEqualTo(404);
        assertThat(server.get(SKIN_PATH).status()).isEqualTo(405);
        assertThat(server.post("/explanations", PICTURE).status()).isEqualTo(404);
        assertThat(server.post(SKIN_PATH + "?frame=2", PICTURE).status()).isEqualTo(400);
        assertThat(server.post(SKIN_PATH, PICTURE, "x-request-timeout-ms", "soon").status())
                .isEqualTo(400);
        assertThat(
                        server.post(
                                        SKIN_PATH,
                                        new Multipart()
                                                .file("one", PICTURE)
                                                .file("two", PICTURE)
                                                .bytes(),
                                        "Content-Type",
                                        Multipart.TYPE)
                                .status())
                .isEqualTo(400);
        assertThat(server.post(SKIN_PATH, PICTURE, "x-request-timeout-ms", "1").status())
                .isIn(503, 504);
    }

    @Test
    void countsExplanationsByThemselves() {
        assertThat(server.post("/explanations/" + FOOT, PICTURE).status()).isEqualTo(200);
        String page = server.get("/metrics").body();

        assertThat(page)
                .containsPattern(
                        "medzoo_explanation_seconds_count\\{model=\"" + FOOT + "\"[^}]*} 1")
                .containsPattern("medzoo_total_seconds_count\\{model=\"" + FOOT + "\"[^}]*} 0")
                .contains("route=\"/explanations/{model}\"");
    }
}
