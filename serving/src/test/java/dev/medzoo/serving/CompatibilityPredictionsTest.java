package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows 1 to 14c of the compatibility table: health, and predictions. */
@DisplayNameGeneration(CompatibilityTable.Names.class)
@TestMethodOrder(CompatibilityTable.Order.class)
@Tag("slow")
class CompatibilityPredictionsTest {
    @RegisterExtension static final CompatibilityTable table = new CompatibilityTable();

    @RegisterExtension
    static final RunningServer server = RunningServer.with("load_models=[m]=medzoo://" + SKIN);

    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] TEXT = "this is no picture".getBytes(StandardCharsets.UTF_8);
    private static final String UNREADABLE = "Failed to read image from input stream";

    @Row(value = "1", request = "GET /ping, no model", expect = "200 `{}`")
    void pingsNothing() throws Exception {
        RunningServer empty = RunningServer.with("load_models=NONE").start();
        Answer answer = table.saw(empty.get("/ping"));
        empty.server().close();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}\n");
    }

    @Row(
            value = "2",
            request = "GET /ping, one ready",
            expect = "200 `{\"m\": {\"status\": \"Healthy\"}}`")
    void pingsOne() {
        Answer answer = table.saw(server.get("/ping"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\n  \"m\": {\n    \"status\": \"Healthy\"\n  }\n}\n");
    }

    @Row(
            value = "3",
            request = "GET /ping, pending",
            expect = "200, 207 with allow_multi_status, status PENDING")
    void pingsWhatIsPending(@TempDir Path root, @TempDir Path cache) throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0").write();
        for (boolean isMultiStatus : List.of(false, true)) {
            try (HeldStore store = new HeldStore(root, cache.resolve("" + isMultiStatus))) {
                RunningServer pending =
                        RunningServer.with(
                                        "store=" + store.address(),
                                        "wait_model_loading=false",
                                        "allow_multi_status=" + isMultiStatus)
                                .start();
                Answer answer = table.saw(pending.get("/ping"));
                store.release();
                Deadline.await(() -> pending.get("/ping").body().contains("Healthy"));
                int after = pending.get("/ping").status();
                pending.server().close();

                assertThat(answer.status()).isEqualTo(isMultiStatus ? 207 : 200);
                assertThat(answer.json("/" + FOOT + "/status").asText()).isEqualTo("PENDING");
                assertThat(after).isEqualTo(200);
            }
        }
    }

    @Row(value = "4", request = "GET /ping, failed", expect = "500, status FAILED")
    void pingsWhatFailed(@TempDir Path root) throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0").promise(SKIN, "1.0.0").write();
        RunningServer failing =
                RunningServer.with("store=" + root, "wait_model_loading=false").start();
        Deadline.await(() -> !failing.get("/ping").body().contains("PENDING"));
        Answer answer = table.saw(failing.get("/ping"));
        failing.server().close();

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json("/" + SKIN + "/status").asText()).isEqualTo("FAILED");
        assertThat(answer.json("/" + FOOT + "/status").asText()).isEqualTo("Healthy");
    }

    @Row(
            value = "5",
            request = "POST /predictions/m, raw JPEG",
            expect = "200, list of className and probability, falling")
    void predicts() {
        Answer answer = table.saw(server.post("/predictions/m", PICTURE));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        List<Double> probabilities = new ArrayList<>();
        for (JsonNode each : answer.json("")) {
            assertThat(each.fieldNames()).toIterable().containsExactly("className", "probability");
            probabilities.add(each.get("probability").asDouble());
        }
        assertThat(probabilities).isNotEmpty();
        assertThat(probabilities).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Row(value = "6", request = "the same as multipart, part data", expect = "the same body")
    void predictsAPart() {
        byte[] form = new Multipart().file("data", PICTURE).bytes();
        Answer answer =
                table.saw(server.post("/predictions/m", form, "Content-Type", Multipart.TYPE));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(server.post("/predictions/m", PICTURE).body());
    }

    @Row(
            value = "7",
            request = "the same urlencoded, and with more query fields",
            expect = "accepted")
    void predictsAUrlencodedFieldAndIgnoresTheQuery() {
        String raw = server.post("/predictions/m", PICTURE).body();
        Answer form =
                table.saw(
                        server.post(
                                "/predictions/m",
                                urlencoded("data", PICTURE),
                                "Content-Type",
                                "application/x-www-form-urlencoded"));
        Answer query = table.saw(server.post("/predictions/m?top_k=2&who=me", PICTURE));

        assertThat(form.status()).isEqualTo(200);
        assertThat(form.body()).isEqualTo(raw);
        assertThat(query.status()).isEqualTo(200);
        assertThat(query.body()).isEqualTo(raw);
    }

    @Row(value = "8", request = "POST /predictions/m/1.0.0", expect = "that version")
    void predictsWithTheVersionInThePath(@TempDir Path root) throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0").add(FOOT, "1.1.0").write();
        RunningServer two = RunningServer.with("store=" + root).start();
        for (String version : List.of("1.0.0", "1.1.0")) {
            Answer answer = two.post("/predictions/" + FOOT + "/" + version, PICTURE);
            table.note(version + ": " + answer.status() + " " + answer.header("x-medzoo-model"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-medzoo-model")).isEqualTo(FOOT + "/" + version);
        }
        two.server().close();
    }

    @Row(
            value = "9",
            request = "POST /predictions/none",
            expect = "404 ModelNotFoundException \"Model or workflow not found: none\"")
    void knowsNoSuchModel() {
        Answer answer = table.saw(server.post("/predictions/none", PICTURE));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo(
                        """
                        {
                          "code": 404,
                          "type": "ModelNotFoundException",
                          "message": "Model or workflow not found: none"
                        }
                        """);
    }

    @Row(value = "10", request = "POST /predictions", expect = "404 ResourceNotFoundException")
    void knowsNoSuchPath() {
        for (String path : List.of("/predictions", "/predictions/")) {
            Answer answer = table.saw(server.post(path, PICTURE));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json("/type").asText()).isEqualTo("ResourceNotFoundException");
        }
    }

    @Row(
            value = "11",
            request = "POST /invocations, one start-up model; two and no name",
            expect = "200; 400 \"Parameter model_name is required.\"")
    void invokesTheOnlyModel() throws Exception {
        Answer one = table.saw(server.post("/invocations", PICTURE));
        RunningServer both = RunningServer.with("load_models=" + SKIN + "," + FOOT).start();
        Answer two = table.saw(both.post("/invocations", PICTURE));
        both.server().close();

        assertThat(one.status()).isEqualTo(200);
        assertThat(one.body()).isEqualTo(server.post("/predictions/m", PICTURE).body());
        assertThat(two.status()).isEqualTo(400);
        assertThat(two.json("/type").asText()).isEqualTo("BadRequestException");
        assertThat(two.json("/message").asText()).isEqualTo("Parameter model_name is required.");
    }

    @Row(value = "12", request = "POST /invocations?model_name=m&model_version=v", expect = "200")
    void invokesByName() {
        Answer answer =
                table.saw(
                        server.post("/invocations?model_name=m&model_version=" + VERSION, PICTURE));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.post("/invocations?model_name=m&model_version=9.0.0", PICTURE).status())
                .isEqualTo(404);
        assertThat(server.post("/invocations?model_name=none", PICTURE).status()).isEqualTo(404);
        assertThat(server.post("/invocations", PICTURE, "model_name", "none").status())
                .isEqualTo(404);
        assertThat(attributes("model_name=m;x=y").status()).isEqualTo(200);
        assertThat(attributes("model_name=none").status()).isEqualTo(404);
        byte[] form =
                new Multipart()
                        .field("model_name", "none".getBytes(StandardCharsets.UTF_8))
                        .file("data", PICTURE)
                        .bytes();
        assertThat(server.post("/invocations", form, "Content-Type", Multipart.TYPE).status())
                .isEqualTo(404);
    }

    private static Answer attributes(String text) {
        return server.post("/invocations", PICTURE, "X-Amzn-SageMaker-Custom-Attributes", text);
    }

    @Row(value = "13", request = "POST /models/m/invoke", expect = "200")
    void invokesAsOneOfSeveralModels() {
        Answer answer = table.saw(server.post("/models/m/invoke", PICTURE));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(server.post("/predictions/m", PICTURE).body());
        assertThat(server.post("/models/none/invoke", PICTURE).status()).isEqualTo(404);
    }

    @Row(
            value = "14",
            request = "POST /predictions/m, no picture",
            expect = "400 TranslateException \"" + UNREADABLE + "\"")
    void refusesWhatIsNoPicture() {
        Answer answer = table.saw(server.post("/predictions/m", TEXT));

        assertUnreadable(answer);
    }

    @Row(
            value = "14b",
            request = "an empty body; JSON without image_url",
            expect = "400, as row 14; 400, saying what to send")
    void refusesAnEmptyBodyAndJsonWithoutAnything() {
        Answer empty = table.saw(server.post("/predictions/m", new byte[0]));
        byte[] object = "{}".getBytes(StandardCharsets.UTF_8);
        Answer json =
                table.saw(
                        server.post("/predictions/m", object, "Content-Type", "application/json"));

        assertUnreadable(empty);
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.json("/message").asText())
                .contains(
                        "(expected: {\"data\": \"the picture in base64\"}, or the picture itself");
    }

    private static void assertUnreadable(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/code").asInt()).isEqualTo(400);
        assertThat(answer.json("/type").asText()).isEqualTo("TranslateException");
        assertThat(answer.json("/message").asText()).isEqualTo(UNREADABLE);
    }

    @Row(
            value = "14c",
            request = "one bad picture in a batch of four",
            expect = "all 400; deliberately, here: 400 for that one, 200 for the others")
    void refusesTheBadPictureOfABatchAlone() throws Exception {
        RunningServer batching = batching();
        List<Integer> statuses = statuses(batching);
        String metrics = batching.get("/metrics").body();
        batching.server().close();
        table.note("statuses " + statuses);

        assertThat(statuses).containsExactlyInAnyOrder(200, 200, 200, 400);
        // The three were one batch.
        assertThat(metrics)
                .contains(
                        "DynamicBatchSize_count{Model=\"m\"} 1\n",
                        "DynamicBatchSize_sum{Model=\"m\"} 3.0\n");
    }

    /** A server whose only worker waits until four pictures are there. */
    static RunningServer batching(String... more) throws StartException {
        List<String> options =
                new ArrayList<>(
                        List.of(
                                "load_models=[m]=medzoo://" + SKIN,
                                "workers=1",
                                "batch_size=4",
                                "max_batch_delay=60000"));
        options.addAll(List.of(more));
        return RunningServer.with(options.toArray(String[]::new)).start();
    }

    /** Of three pictures and a text, sent at once. */
    static List<Integer> statuses(RunningServer batching) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (byte[] body : List.of(PICTURE, TEXT, PICTURE, PICTURE)) {
            answers.add(batching.sendAsync("POST", "/predictions/m", body));
        }
        return answers.stream().map(answer -> answer.join().status()).toList();
    }

    private static byte[] urlencoded(String name, byte[] value) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes((name + "=").getBytes(StandardCharsets.UTF_8));
        for (byte each : value) {
            form.writeBytes("%%%02X".formatted(each).getBytes(StandardCharsets.UTF_8));
        }
        return form.toByteArray();
    }
}
