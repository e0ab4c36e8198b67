package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /models} on a server that begins with none, whose store has two versions of one. */
@Tag("slow")
class RegistrationTest {
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final byte[] NOTHING = new byte[0];

    @TempDir private Path root = Path.of("");
    private MadeStore store = new MadeStore(root);
    private RunningServer server = RunningServer.with();

    @BeforeEach
    void start() throws Exception {
        store =
                new MadeStore(root)
                        .add(FOOT, "1.0.0")
                        .add(FOOT, "1.1.0")
                        .alias(FOOT, "candidate", "1.1.0")
                        .promise("broken", "1.0.0")
                        .write();
        server = RunningServer.with("store=" + root, "load_models=NONE", "store_refresh=1").start();
    }

    @AfterEach
    void stop() {
        server.server().close();
    }

    @ParameterizedTest
    @CsvSource({
        "medzoo://dfu-double-transfer, 1.0.0",
        "medzoo://dfu-double-transfer/1.1.0, 1.1.0",
        "medzoo://dfu-double-transfer@candidate, 1.1.0",
        "dfu-double-transfer, 1.0.0",
        "dfu-double-transfer/1.1.0, 1.1.0",
        "dfu-double-transfer@candidate, 1.1.0",
        "dfu-double-transfer&model_version=1.1.0, 1.1.0",
        "dfu-double-transfer/1.1.0&model_version=1.1.0, 1.1.0"
    })
    void takesAModelOfTheStoreByAnyOfItsNames(String url, String version) {
        assertThat(register("url=" + url + "&model_name=m").status()).isEqualTo(200);
        assertThat(register("url=" + url).status()).isEqualTo(200);

        for (String name : List.of("m", FOOT)) {
            Answer answer = predict(name);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-medzoo-model")).isEqualTo(FOOT + "/" + version);
            assertThat(predict(name + "/" + version).status()).isEqualTo(200);
        }
        assertThat(server.get("/models").json("/models/1/modelUrl").asText())
                .isEqualTo("medzoo://" + FOOT + "/" + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResNet50", "resnet_18", "a.b-C_9", "7"})
    void servesUnderTheNamesThatClientsOfDjlServingUse(String name) {
        assertThat(register("url=" + FOOT + "&model_name=" + name).status()).isEqualTo(200);
        assertThat(predict(name).status()).isEqualTo(200);
        assertThat(predict(name + "/1.0.0").status()).isEqualTo(200);
        assertThat(server.get("/models/" + name).json("/0/models/0/modelName").asText())
                .isEqualTo(name);
        assertThat(server.get("/v2/models").json("/models").toString())
                .contains("\"" + name + "\"");
        assertThat(server.send("DELETE", "/models/" + name, new byte[0]).status()).isEqualTo(200);
    }

    @Test
    void answersByTheAliasesOfItsArtifactUnderAnotherName() {
        assertThat(register("url=" + FOOT + "&model_name=m").status()).isEqualTo(200);
        assertThat(register("url=" + FOOT + "@candidate&model_name=m").status()).isEqualTo(200);

        for (String alias : List.of("stable", "candidate")) {
            String version = alias.equals("stable") ? "1.0.0" : "1.1.0";
            assertThat(predict("m/" + alias).header("x-medzoo-model"))
                    .isEqualTo(FOOT + "/" + version);
        }
        assertThat(predict("m/none").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "url=none, 404, ModelNotFoundException, model: none",
        "url=dfu-double-transfer/9.9.9, 404, ModelNotFoundException, version: 9.9.9",
        "url=dfu-double-transfer@none, 404, ModelNotFoundException, alias: none",
        "url=, 400, BadRequestException, 'url: '",
        "url=http://h/m.zip, 400, BadRequestException, 'url: http://h/m.zip'",
        "url=dfu-double-transfer&model_version=v1, 400, BadRequestException, model_version: version: v1",
        "url=dfu-double-transfer/1.0.0&model_version=1.1.0, 400, BadRequestException, model_version: 1.1.0 beside",
        "url=dfu-double-transfer@candidate&model_version=1.0.0, 400, BadRequestException, model_version: 1.0.0 beside",
        "url=dfu-double-transfer&model_name=a/1.0.0, 400, BadRequestException, 'model_name: name: a/1.0.0'",
        "url=dfu-double-transfer&model_name=a%20b, 400, BadRequestException, 'model_name: name: a b'",
        "url=dfu-double-transfer&model_name=_a, 400, BadRequestException, 'model_name: name: _a'",
        "url=dfu-double-transfer&model_name=.., 400, BadRequestException, 'model_name: '",
        "url=dfu-double-transfer&batch_size=two, 400, BadRequestException, 'batch_size: two'",
        "url=dfu-double-transfer&batch_size=0, 400, BadRequestException, 'batch_size: 0'",
        "url=dfu-double-transfer&min_worker=-1, 400, BadRequestException, 'min_worker: -1'",
        "url=dfu-double-transfer&min_worker=3&max_worker=1, 400, BadRequestException, 'min_worker: 3'",
        "url=dfu-double-transfer&synchronous=maybe, 400, BadRequestException, 'synchronous: maybe'"
    })
    void refusesWhatCannotBe(String query, int status, String type, String message) {
        Answer answer = register(query);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json("/type").asText()).isEqualTo(type);
        assertThat(answer.json("/message").asText()).startsWith(message);
        assertThat(server.get("/models").json("/models")).isEmpty();
        assertThat(server.get("/ping").body()).isEqualTo("{}\n");
    }

    @Test
    void takesTheNumbersOfQueueBatchesAndWorkers() {
        String numbers =
                "&batch_size=3&max_batch_delay=7&max_idle_time=9&job_queue_size=11&min_worker=2&max_worker=4";
        assertThat(register("url=" + FOOT + numbers).status()).isEqualTo(200);

        JsonNode model = server.get("/models/" + FOOT).json("/0/models/0");
        assertThat(model.get("batchSize").asInt()).isEqualTo(3);
        assertThat(model.get("maxBatchDelayMillis").asInt()).isEqualTo(7);
        assertThat(model.get("maxIdleSeconds").asInt()).isEqualTo(9);
        assertThat(model.get("queueSize").asInt()).isEqualTo(11);
        assertThat(model.get("loadedAtStartup").asBoolean()).isFalse();
        JsonNode group = model.at("/workerGroups/0");
        assertThat(group.get("minWorkers").asInt()).isEqualTo(2);
        assertThat(group.get("maxWorkers").asInt()).isEqualTo(4);
        assertThat(group.get("workers")).hasSize(2);
    }

    @Test
    void takesItsParametersAsJson() {
        Answer answer =
                json("{\"url\": \"%s\", \"model_name\": \"m\", \"batch_size\": 2}".formatted(FOOT));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("/status").asText()).isEqualTo("Model \"m\" registered.");
        assertThat(server.get("/models/m").json("/0/models/0/batchSize").asInt()).isEqualTo(2);
        for (String wrong :
                List.of("{", "[]", "\"x\"", "{\"model_name\": \"x\"}", "{\"url\": {}}")) {
            assertThat(json(wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(json("").json("/message").asText()).isEqualTo("Parameter url is required.");
        assertThat(
                        server.send(
                                        "GET",
                                        "/models?limit=1",
                                        NOTHING,
                                        "Content-Type",
                                        "application/json")
                                .status())
                .isEqualTo(200);
    }

    private Answer json(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return server.post("/models", bytes, "Content-Type", "application/json; charset=utf-8");
    }

    @Test
    void forgetsWhatCouldNotBeLoadedWhileTheClientWaited() {
        Answer answer = register("url=broken");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json("/message").asText()).startsWith("manifest.json: absent");
        assertThat(server.get("/models").json("/models")).isEmpty();
        assertThat(server.get("/ping").status()).isEqualTo(200);
        assertThat(predict("broken").status()).isEqualTo(404);
        assertThat(register("url=broken").status()).isEqualTo(500);
    }

    @Test
    void keepsWhatCouldNotBeLoadedLaterAsFailedUntilItIsUnregistered() throws Exception {
        Answer answer = register("url=broken&synchronous=false");
        Deadline.await(() -> server.get("/ping").status() == 500);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json("/status").asText())
                .isEqualTo("Model \"broken\" registration scheduled.");
        assertThat(server.get("/ping").json("/broken/status").asText()).isEqualTo("FAILED");
        JsonNode model = server.get("/models").json("/models/0");
        assertThat(model.get("status").asText()).isEqualTo("FAILED");
        assertThat(model.get("reason").asText()).startsWith("manifest.json: absent");
        Answer refused = predict("broken");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json("/type").asText()).isEqualTo("WlmException");

        assertThat(unregister("broken").status()).isEqualTo(200);
        assertThat(server.get("/ping").body()).isEqualTo("{}\n");
        assertThat(server.get("/models").json("/models")).isEmpty();
        assertThat(unregister("broken").status()).isEqualTo(404);
        assertThat(predict("broken").status()).isEqualTo(404);
    }

    @Test
    void loadsAgainWhatFailedOnceTheStoreHasIt() throws Exception {
        Path there = root.resolve(FOOT + "/1.0.0/manifest.json");
        Path away = Files.move(there, root.resolve("away"));
        assertThat(register("url=" + FOOT + "&synchronous=false").status()).isEqualTo(202);
        Deadline.await(() -> server.get("/ping").status() == 500);

        Files.move(away, there);

        Deadline.await(() -> server.get("/ping").body().contains("Healthy"));
        assertThat(predict(FOOT).status()).isEqualTo(200);
    }

    @Test
    void bringsBackTheOneVersionThatIsRegisteredAgain() {
        for (String version : List.of("1.0.0", "1.1.0")) {
            assertThat(register("url=" + FOOT + "/" + version).status()).isEqualTo(200);
        }
        assertThat(server.get("/models").json("/models")).hasSize(2);
        assertThat(server.get("/models/" + FOOT).json("")).hasSize(2);
        assertThat(unregister(FOOT + "/candidate").status()).isEqualTo(200);
        assertThat(predict(FOOT + "/1.1.0").status()).isEqualTo(404);
        assertThat(predict(FOOT).status()).isEqualTo(200);
        assertThat(unregister(FOOT).status()).isEqualTo(200);
        assertThat(predict(FOOT).status()).isEqualTo(404);

        assertThat(register("url=" + FOOT + "/1.1.0").status()).isEqualTo(200);

        assertThat(server.get("/models").json("/models")).hasSize(1);
        assertThat(predict(FOOT).header("x-medzoo-model")).isEqualTo(FOOT + "/1.1.0");
    }

    @Test
    void followsTheAliasThatItWasRegisteredBy() throws Exception {
        assertThat(register("url=" + FOOT + "@candidate&model_name=m").status()).isEqualTo(200);
        assertThat(predict("m").header("x-medzoo-model")).isEqualTo(FOOT + "/1.1.0");

        store.alias(FOOT, "candidate", "1.0.0").write();

        Deadline.await(() -> predict("m").header("x-medzoo-model").equals(FOOT + "/1.0.0"));
        assertThat(server.get("/models").json("/models")).hasSize(1);
        assertThat(server.get("/models").json("/models/0/modelName").asText()).isEqualTo("m");
    }

    private Answer register(String query) {
        return server.post("/models?" + query, NOTHING);
    }

    private Answer unregister(String path) {
        return server.send("DELETE", "/models/" + path, NOTHING);
    }

    private Answer predict(String model) {
        return server.post("/predictions/" + model, PICTURE);
    }
}
