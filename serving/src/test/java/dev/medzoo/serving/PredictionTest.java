package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.BREAST;
import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("jdk")
class PredictionTest {
    @RegisterExtension static final RunningServer server = RunningServer.with();

    private static final String SKIN_PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] TEXT = "not a picture".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {SKIN, BREAST, FOOT})
    void answersWithEveryClassTheMostProbableFirst(String model) {
        Answer answer = server.post("/predictions/" + model, PICTURE);

        assertThat(answer.status()).isEqualTo(200);
        List<Double> probabilities = new ArrayList<>();
        for (JsonNode each : answer.json("")) {
            assertThat(each.get("className").asText()).isNotBlank();
            probabilities.add(each.get("probability").asDouble());
        }
        assertThat(probabilities).hasSize(model.equals(SKIN) ? 7 : 2);
        assertThat(probabilities).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(probabilities.stream().mapToDouble(each -> each).sum())
                .isBetween(1 - 1e-6, 1 + 1e-6);
    }

    @Test
    void answersWhatThePredictorSaysToTheLastBit() throws Exception {
        MedZoo zoo = new MedZoo(Store.fromSettings());
        ModelReference reference = ModelReference.parse(SKIN);
        try (ZooModel<Image, Finding> model = zoo.load(reference, Image.class, Finding.class);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            for (int seed = 0; seed < 5; seed++) {
                byte[] picture = DrawnPicture.png(200 + seed, 150, seed);
                Finding direct = predictor.predict(new PictureDecoder().decode(picture).toImage());
                Answer answer = server.post(SKIN_PATH, picture);
                for (int i = 0; i < direct.probabilities().size(); i++) {
                    ClassProbability expected = direct.probabilities().get(i);
                    assertThat(answer.json("/" + i + "/className").asText())
                            .isEqualTo(expected.label());
                    assertThat(answer.json("/" + i + "/probability").asDouble())
                            .isEqualTo(expected.probability());
                }
            }
        }
    }

    @Test
    void answersTheWholeFindingToAClientThatAcceptsIt() {
        Answer answer =
                server.post(SKIN_PATH, PICTURE, "Accept", "text/plain, " + Finding.MEDIA_TYPE);

        assertThat(answer.header("content-type")).isEqualTo(Finding.MEDIA_TYPE);
        assertThat(answer.json("/model").asText()).isEqualTo(SKIN);
        assertThat(answer.json("/version").asText()).isEqualTo(VERSION);
        assertThat(answer.json("/notice").asText()).isEqualTo(Finding.NOTICE);
        assertThat(answer.json("/probabilities")).hasSize(7);
        assertThat(answer.json("").fieldNames())
                .toIterable()
                .containsExactly(
                        "model",
                        "version",
                        "digest",
                        "label",
                        "probability",
                        "abstained",
                        "probabilities",
                        "set",
                        "outOfDistribution",
                        "notice");
        assertThat(answer.json("/digest").asText()).isEqualTo(answer.header("x-medzoo-digest"));
    }

    @Test
    void saysInHeadersWhoAnsweredAndThatItIsNoDiagnosis() {
        Answer answer = server.post(SKIN_PATH, PICTURE);

        assertThat(answer.header("x-medzoo-notice")).isEqualTo(Finding.NOTICE);
        assertThat(answer.header("x-medzoo-model")).isEqualTo(SKIN + "/" + VERSION);
        assertThat(answer.header("x-medzoo-digest")).matches("sha256:[0-9a-f]{64}");
        assertThat(answer.header("cache-control"))
                .isEqualTo("no-cache; no-store, must-revalidate, private");
        assertThat(answer.header("pragma")).isEqualTo("no-cache");
        assertThat(answer.header("expires")).isEqualTo("Thu, 01 Jan 1970 00:00:00 UTC");
        assertThat(answer.body()).endsWith("]\n");
    }

    @Test
    void answersAPartLikeARawBody() {
        String raw = server.post(SKIN_PATH, PICTURE).body();

        for (byte[] form :
                List.of(
                        new Multipart().file("data", PICTURE).bytes(),
                        new Multipart().field("data", PICTURE).bytes(),
                        new Multipart().file("picture", PICTURE).bytes(),
                        new Multipart().field("note", TEXT).file("data", PICTURE).bytes())) {
            Answer answer = server.post(SKIN_PATH, form, "Content-Type", Multipart.TYPE);
            assertThat(answer.body()).isEqualTo(raw);
        }
    }

    @Test
    void takesCurlsDataBinaryForThePictureThatItIs() {
        Answer answer =
                server.post(
                        SKIN_PATH, PICTURE, "Content-Type", "application/x-www-form-urlencoded");

        assertThat(answer.body()).isEqualTo(server.post(SKIN_PATH, PICTURE).body());
    }

    @Test
    void answersForTheVersionInThePath() {
        assertThat(server.post(SKIN_PATH + "/" + VERSION, PICTURE).body())
                .isEqualTo(server.post(SKIN_PATH, PICTURE).body());
    }

    @Test
    void answersManyClientsAtOnceAsItAnswersOne() {
        String alone = server.post(SKIN_PATH, PICTURE).body();
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            answers.add(server.sendAsync("POST", SKIN_PATH, PICTURE));
        }

        for (CompletableFuture<Answer> answer : answers) {
            assertThat(answer.join().body()).isEqualTo(alone);
        }
    }

    @Test
    void tellsWhichMethodsAPredictionHas() {
        Answer answer = server.send("OPTIONS", SKIN_PATH, new byte[0]);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}\n");
    }

    @Test
    void keepsTheClientsRequestIdAndMakesOneForOthers() {
        assertThat(server.post(SKIN_PATH, PICTURE, "x-request-id", "case-7").header("x-request-id"))
                .isEqualTo("case-7");
        assertThat(server.post(SKIN_PATH, PICTURE).header("x-request-id")).hasSize(36);
        assertThat(server.post(SKIN_PATH, PICTURE, "x-request-id", "a b\tc").header("x-request-id"))
                .hasSize(36);
    }
}
