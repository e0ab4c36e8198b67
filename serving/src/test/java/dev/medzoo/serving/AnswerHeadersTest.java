package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Headers and statuses that DJL Serving's settings change. */
class AnswerHeadersTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with(
                    "load_models=" + FOOT,
                    "workers=1",
                    "request_id_header_key=X-Case",
                    "cors_allowed_origin=https://viewer.example",
                    "cors_allowed_methods=GET, POST, PUT, OPTIONS",
                    "cors_allowed_headers=content-type",
                    "bad_request_http_code=422",
                    "wlm_error_http_code=529",
                    "throttle_error_http_code=430",
                    "timeout_http_code=408",
                    "server_error_http_code=599",
                    "batch_size=2",
                    "max_batch_delay=200",
                    "job_queue_size=1");

    private static final String PATH = "/predictions/" + FOOT;
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final byte[] LARGE = DrawnPicture.png(2000, 1500, 1);
    private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOTHING = new byte[0];

    @Test
    void theIdOfARequestIsInTheHeaderThatTheSettingsName() {
        Answer answer = server.post(PATH, PICTURE, "x-case", "c-7", "x-request-id", "other");

        assertThat(answer.header("x-case")).isEqualTo("c-7");
        assertThat(answer.headers().map()).doesNotContainKey("x-request-id");
        assertThat(server.get("/unknown").header("x-case")).hasSize(36);
    }

    @Test
    void everyAnswerSaysWhichPagesMayReadIt() {
        for (Answer answer :
                List.of(
                        server.post(PATH, PICTURE),
                        server.post(PATH, TEXT),
                        server.get("/ping"),
                        server.get("/unknown"),
                        server.send("OPTIONS", PATH, NOTHING))) {
            assertThat(answer.header("access-control-allow-origin"))
                    .isEqualTo("https://viewer.example");
            assertThat(answer.header("access-control-allow-methods"))
                    .isEqualTo("GET, POST, PUT, OPTIONS");
            assertThat(answer.header("access-control-allow-headers")).isEqualTo("content-type");
        }
    }

    @Test
    void refusedPredictionsHaveTheStatusesThatTheSettingsName() {
        assertRefused(server.post(PATH, TEXT), 422, "TranslateException");
        byte[] form = new Multipart().bytes();
        assertRefused(
                server.post(PATH, form, "Content-Type", Multipart.TYPE),
                422,
                "BadRequestException");
        assertRefused(
                server.post(PATH, PICTURE, "x-request-timeout-ms", "50"),
                408,
                "DeadlineExceededException");
        String workers = "/models/" + FOOT + "?min_worker=%d&max_worker=%d";
        server.send("PUT", workers.formatted(0, 0), NOTHING);
        assertRefused(server.post(PATH, PICTURE), 529, "WlmShutdownException");
        server.send("PUT", workers.formatted(1, 1), NOTHING);
        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
    }

    @Test
    void soHasAFullQueue() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(server.sendAsync("POST", PATH, LARGE));
        }

        assertThat(answers.stream().map(answer -> answer.join().status()))
                .contains(200, 430)
                .containsOnly(200, 430);
    }

    @Test
    void otherRefusalsKeepTheirs() {
        assertRefused(server.post("/predictions/none", PICTURE), 404, "ModelNotFoundException");
        assertRefused(server.get("/models?limit=x"), 400, "BadRequestException");
        assertRefused(server.get("/unknown"), 404, "ResourceNotFoundException");
    }

    private static void assertRefused(Answer answer, int status, String type) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json("/code").asInt()).isEqualTo(status);
        assertThat(answer.json("/type").asText()).isEqualTo(type);
    }
}
