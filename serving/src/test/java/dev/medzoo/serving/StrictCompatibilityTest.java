package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code compatibility=strict} switches back to DJL Serving's ways. */
@Tag("slow")
class StrictCompatibilityTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with(
                    "load_models=" + SKIN,
                    "compatibility=strict",
                    "client_rate=1",
                    "client_burst=1");

    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] NOTHING = new byte[0];

    @Test
    void theVersionsOfAModelTakeTurns(@TempDir Path root) throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0").add(FOOT, "1.1.0").write();
        RunningServer two = RunningServer.with("store=" + root, "compatibility=strict").start();
        List<String> answered = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Answer answer = two.post("/predictions/" + FOOT, PICTURE);
            answered.add(answer.header("x-medzoo-model").replaceFirst(".*/", ""));
        }
        String named =
                two.post("/predictions/" + FOOT + "/1.1.0", PICTURE).header("x-medzoo-model");
        two.server().close();

        assertThat(answered)
                .isIn(
                        List.of("1.0.0", "1.1.0", "1.0.0", "1.1.0", "1.0.0", "1.1.0"),
                        List.of("1.1.0", "1.0.0", "1.1.0", "1.0.0", "1.1.0", "1.0.0"));
        assertThat(named).isEqualTo(FOOT + "/1.1.0");
    }

    @ParameterizedTest
    @CsvSource({"strict, 200", "medzoo, 503"})
    void isReadyWhileAModelIsPending(
            String compatibility, int status, @TempDir Path root, @TempDir Path cache)
            throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0").write();
        try (HeldStore store = new HeldStore(root, cache)) {
            RunningServer pending =
                    RunningServer.with(
                                    "store=" + store.address(),
                                    "wait_model_loading=false",
                                    "compatibility=" + compatibility)
                            .start();
            Answer early = pending.get("/ready");
            store.release();
            Deadline.await(() -> pending.get("/ready").body().contains("Healthy"));
            Answer late = pending.get("/ready");
            pending.server().close();

            assertThat(early.status()).isEqualTo(status);
            assertThat(early.json("/models/" + FOOT + "/status").asText()).isEqualTo("PENDING");
            assertThat(late.status()).isEqualTo(200);
        }
    }

    @Test
    void isNotReadyWithAModelThatFailed(@TempDir Path root) throws Exception {
        new MadeStore(root).promise(FOOT, "1.0.0").write();
        RunningServer failing =
                RunningServer.with(
                                "store=" + root, "wait_model_loading=false", "compatibility=strict")
                        .start();
        Deadline.await(() -> failing.get("/ping").status() == 500);
        Answer answer = failing.get("/ready");
        failing.server().close();

        assertThat(answer.status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /models?limit=abc",
                "GET /models?limit=99999999999",
                "GET /models?next_page_token=abc",
                "POST /models?url=pretrained-skin&batch_size=two"
            })
    void aNumberThatIsNoneIsAConflict(String request) {
        String[] parts = request.split(" ", 2);
        Answer answer = server.send(parts[0], parts[1], NOTHING);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json("/code").asInt()).isEqualTo(409);
        assertThat(answer.json("/type").asText()).isEqualTo("NumberFormatException");
    }

    @Test
    void aNumberOfWorkersThatIsNoneIsABadRequestThereToo() {
        Answer answer = server.send("PUT", "/models/" + SKIN + "?min_worker=two", NOTHING);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/type").asText()).isEqualTo("BadRequestException");
    }

    @Test
    void pagesHaveItsLimits() {
        assertThat(server.get("/models?limit=-1").json("/models")).hasSize(1);
        Answer none = server.get("/models?limit=0");

        assertThat(none.status()).isEqualTo(200);
        assertThat(none.json("/models")).isEmpty();
        assertThat(none.json("/nextPageToken").asText()).isEqualTo("0");
    }

    @Test
    void oneBadPictureSpoilsItsBatch() throws Exception {
        RunningServer batching = CompatibilityPredictionsTest.batching("compatibility=strict");
        List<Integer> statuses = CompatibilityPredictionsTest.statuses(batching);
        batching.server().close();

        assertThat(statuses).containsExactly(400, 400, 400, 400);
    }

    @Test
    void noClientIsToldThatItAsksTooOften() throws Exception {
        assertThat(IntStream.range(0, 8).mapToObj(i -> server.post(PATH, PICTURE).status()))
                .containsOnly(200);

        RunningServer limited =
                RunningServer.with("load_models=" + SKIN, "client_rate=1", "client_burst=1")
                        .start();
        try {
            assertThat(limited.post(PATH, PICTURE).status()).isEqualTo(200);
            Deadline.until(429, () -> limited.get("/v2/models/" + SKIN));
        } finally {
            limited.server().close();
        }
    }

    @Test
    void fiveClassesAreListed() {
        Answer answer = server.post(PATH, PICTURE);

        assertThat(answer.json("")).hasSize(5);
        assertThat(answer.json("/0/probability").asDouble())
                .isGreaterThan(answer.json("/4/probability").asDouble());
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /predictions/pretrained-skin, 200",
        "PATCH, /predictions/pretrained-skin/" + VERSION + ", 200",
        "DELETE, /models/pretrained-skin/invoke, 200",
        "PUT, /invocations, 200",
        "GET, /predictions/none, 404",
        "POST, /ping, 200",
        "OPTIONS, /ping, 200",
        "PATCH, /models/pretrained-skin, 405"
    })
    void everyMethodPredicts(String method, String path, int status) {
        assertThat(server.send(method, path, PICTURE).status()).isEqualTo(status);
    }

    @Test
    void askingByGetBringsNoPicture() {
        Answer answer = server.get(PATH);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/message").asText())
                .isEqualTo("Failed to read image from input stream");
    }

    @ParameterizedTest
    @CsvSource({
        "compatibility=strict, 400",
        "compatibility=medzoo, 504",
        "timeout_http_code=408, 408"
    })
    void whatTakesTooLongHasItsStatus(String setting, int status) throws Exception {
        // The picture waits for a second one until its deadline.
        RunningServer waiting =
                RunningServer.with(
                                "load_models=" + SKIN,
                                "workers=1",
                                "batch_size=2",
                                "max_batch_delay=60000",
                                setting)
                        .start();
        Answer answer = waiting.post(PATH, PICTURE, "x-request-timeout-ms", "50");
        waiting.server().close();

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json("/code").asInt()).isEqualTo(status);
        assertThat(answer.json("/type").asText()).isEqualTo("DeadlineExceededException");
    }

    @Test
    void anAsynchronousAnswerThatFailedIs500() throws Exception {
        Answer begun = server.post(PATH, NOTHING, "x-synchronous", "false");
        String token = begun.header("x-next-token");
        Deadline.await(() -> poll(token).status() != 202);

        assertThat(begun.status()).isEqualTo(200);
        assertThat(poll(token).status()).isEqualTo(500);
        assertThat(poll(token).json("/type").asText()).isEqualTo("TranslateException");
    }

    private static Answer poll(String token) {
        return server.post(PATH, NOTHING, "x-starting-token", token);
    }
}
