package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.BREAST;
import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.finding.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Findings that should not be believed, in every form of an answer. */
@Tag("slow")
class UnlikeTrainingTest {
    @RegisterExtension static final RunningServer server = RunningServer.with("workers=1");

    @RegisterExtension
    static final RunningServer refusing = RunningServer.with("workers=1", "refuse_unlike=true");

    private static byte[] drawn;

    /** A pattern that is drawn by code, which the model names a lesion with great confidence. */
    @BeforeAll
    static void read() throws Exception {
        drawn =
                Files.readAllBytes(
                        Path.of(
                                "../model-store/pretrained-skin/"
                                        + VERSION
                                        + "/golden/drawn-1.png"));
    }

    /** The same request in every form that has one. */
    private static List<Answer> everyForm(RunningServer asked, String model, byte[] picture)
            throws InterruptedException {
        String path = "/predictions/" + model;
        List<Answer> answers = new ArrayList<>();
        answers.add(asked.post(path, picture));
        answers.add(asked.post(path, picture, "Accept", Finding.MEDIA_TYPE));
        answers.add(asked.post(path + "/stable", picture));
        answers.add(asked.post("/models/" + model + "/invoke", picture));
        answers.add(asked.post("/invocations?model_name=" + model, picture));
        answers.add(
                asked.post(
                        path,
                        new Multipart().file("data", picture).bytes(),
                        "Content-Type",
                        Multipart.TYPE));
        answers.add(
                asked.post(
                        path,
                        "{\"data\": \"%s\"}"
                                .formatted(base64(picture))
                                .getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/json"));
        answers.add(infer(asked, model, picture));
        String token = asked.post(path, picture, "x-synchronous", "false").header("x-next-token");
        Deadline.await(
                () -> asked.post(path, new byte[0], "x-starting-token", token).status() != 202);
        answers.add(asked.post(path, new byte[0], "x-starting-token", token));
        return answers;
    }

    private static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }

    private static Answer infer(RunningServer asked, String model, byte[] picture) {
        return asked.post(
                "/v2/models/" + model + "/infer",
                "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"%s\"]}]}"
                        .formatted(base64(picture))
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sayThatTheyShouldNotBeBelieved() throws Exception {
        for (Answer answer : everyForm(server, SKIN, drawn)) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-medzoo-unlike-training")).isEqualTo("true");
            assertThat(answer.header("x-medzoo-abstained")).isEqualTo("false");
            assertThat(answer.header("x-medzoo-notice")).isEqualTo(Finding.NOTICE);
        }
        Answer infer = infer(server, SKIN, drawn);
        assertThat(infer.json("/parameters/unlike_training").asBoolean()).isTrue();
        assertThat(infer.json("/parameters/abstained").isBoolean()).isTrue();
    }

    @Test
    void sayTheSameAsTheWholeFinding() {
        for (String model : List.of(SKIN, BREAST, FOOT)) {
            for (int seed = 1; seed < 5; seed++) {
                byte[] picture = DrawnPicture.png(64, 64, seed);
                Answer whole =
                        server.post("/predictions/" + model, picture, "Accept", Finding.MEDIA_TYPE);
                assertThat(whole.header("x-medzoo-unlike-training"))
                        .isEqualTo(whole.json("/outOfDistribution/beyond").asText());
                assertThat(whole.header("x-medzoo-abstained"))
                        .isEqualTo(whole.json("/abstained").asText());
            }
        }
    }

    @Test
    void areNotMadeWhereTheSettingsSaySo() throws Exception {
        for (Answer answer : everyForm(refusing, SKIN, drawn)) {
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.body())
                    .contains(
                            "picture: unlike those that pretrained-skin/"
                                    + VERSION
                                    + " was trained on, ")
                    .doesNotContain("vasc");
        }
        for (int seed = 1; seed < 5; seed++) {
            byte[] picture = DrawnPicture.png(64, 64, seed);
            for (String model : List.of(SKIN, BREAST, FOOT)) {
                String path = "/predictions/" + model;
                String unlike = server.post(path, picture).header("x-medzoo-unlike-training");
                assertThat(refusing.post(path, picture).status())
                        .isEqualTo(unlike.equals("true") ? 422 : 200);
            }
        }
    }
}
