package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code PUT} and {@code DELETE /models/…} on a server that serves two versions of a model. */
@Tag("slow")
class ScalingTest {
    private static final String SCALED =
            "Workflow \"%s\" worker scaled. New Worker configuration min workers:%d max workers:%d";
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final byte[] NOTHING = new byte[0];

    @TempDir private Path root = Path.of("");
    private RunningServer server = RunningServer.with();

    @BeforeEach
    void start() throws Exception {
        new MadeStore(root)
                .add(FOOT, "1.0.0")
                .add(FOOT, "1.1.0")
                .add(SKIN, "1.0.0")
                .alias(FOOT, "candidate", "1.1.0")
                .write();
        server = RunningServer.with("store=" + root).start();
    }

    @AfterEach
    void stop() {
        server.server().close();
    }

    @ParameterizedTest
    @CsvSource({
        "min_worker=1&max_worker=3, 1, 3",
        "min_worker=2, 2, 2",
        "min_worker=4, 4, 4",
        "max_worker=3, 1, 3",
        "max_worker=1, 1, 1",
        "max_worker=0, 0, 0",
        "min_worker=0, 0, 2",
        "'', 1, 2"
    })
    void changesTheNumbersThatAreGiven(String query, int min, int max) throws Exception {
        Answer answer = scale(SKIN + "?" + query);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json("/status").asText()).isEqualTo(SCALED.formatted(SKIN, min, max));
        assertThat(group(SKIN).get("minWorkers").asInt()).isEqualTo(min);
        assertThat(group(SKIN).get("maxWorkers").asInt()).isEqualTo(max);
        Deadline.await(() -> group(SKIN).get("workers").size() >= min);
        Deadline.await(() -> group(SKIN).get("workers").size() <= max);
        assertThat(predict(SKIN)).isEqualTo(max == 0 ? 503 : 200);
    }

    @Test
    void changesEveryVersionUnlessOneIsNamed() {
        Answer all = scale(FOOT + "?min_worker=1&max_worker=3");
        Answer one = scale(FOOT + "/candidate?max_worker=4");

        String line = SCALED.formatted(FOOT, 1, 3);
        assertThat(all.json("/status").asText()).isEqualTo(line + "\n" + line);
        assertThat(one.json("/status").asText()).isEqualTo(SCALED.formatted(FOOT, 1, 4));
        assertThat(group(FOOT + "/1.0.0").get("maxWorkers").asInt()).isEqualTo(3);
        assertThat(group(FOOT + "/1.1.0").get("maxWorkers").asInt()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "pretrained-skin?min_worker=two, 400, 'min_worker: two (expected: a whole number from 0)'",
        "pretrained-skin?min_worker=-1, 400, 'min_worker: -1 (expected: a whole number from 0)'",
        "pretrained-skin?min_worker=5&max_worker=2, 400, min_worker: 5 (expected: 0..2)",
        "pretrained-skin?max_worker=1025, 400, max_worker: 1025 (expected: 0..1024)",
        "none?min_worker=1, 404, Model or workflow not found: none",
        "pretrained-skin/9.9.9?min_worker=1, 404, Model or workflow not found: pretrained-skin/9.9.9"
    })
    void refusesWhatCannotBe(String path, int status, String message) {
        Answer answer = scale(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json("/message").asText()).isEqualTo(message);
        assertThat(group(SKIN).get("maxWorkers").asInt()).isEqualTo(2);
    }

    @Test
    void unregistersOneVersionOrAllAndLeavesTheStoreAlone() throws Exception {
        assertThat(delete(FOOT + "/candidate").status()).isEqualTo(200);
        assertThat(predict(FOOT + "/1.1.0")).isEqualTo(404);
        assertThat(predict(FOOT + "/candidate")).isEqualTo(404);
        assertThat(predict(FOOT)).isEqualTo(200);
        assertThat(delete(FOOT + "/1.1.0").status()).isEqualTo(404);
        assertThat(delete(FOOT).status()).isEqualTo(200);
        assertThat(predict(FOOT)).isEqualTo(404);
        assertThat(predict(SKIN)).isEqualTo(200);
        assertThat(server.get("/models").json("/models")).hasSize(1);
        assertThat(server.get("/ping").json("")).hasSize(1);
        assertThat(root.resolve(FOOT + "/1.1.0/manifest.json")).exists();

        String url = "/models?url=medzoo://" + FOOT + "/1.1.0";
        assertThat(server.post(url, NOTHING).status()).isEqualTo(200);
        assertThat(server.get("/models").json("/models")).hasSize(2);
        assertThat(predict(FOOT)).isEqualTo(200);
        assertThat(predict(FOOT + "/1.0.0")).isEqualTo(404);
    }

    @Test
    void startsAWorkerForAPictureWhenNoneNeedsToBeThere() {
        assertThat(scale(SKIN + "?min_worker=0&max_worker=1").status()).isEqualTo(200);

        assertThat(predict(SKIN)).isEqualTo(200);
        assertThat(server.get("/ping").status()).isEqualTo(200);
    }

    @Test
    void saysThatThereAreNoWorkflows() {
        for (String path : List.of("/workflows", "/workflows/m", "/workflows/m/1.0.0")) {
            for (String method : List.of("GET", "POST", "DELETE")) {
                Answer answer = server.send(method, path, NOTHING);
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.json("/type").asText()).isEqualTo("ResourceNotFoundException");
                assertThat(answer.json("/message").asText()).startsWith("workflows: not on this");
            }
        }
    }

    @Test
    void changesWhatIsLogged() {
        for (String path : List.of("/server/logging?level=warn", "/server/logging?level=info")) {
            Answer answer = server.send("PUT", path, NOTHING);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\n  \"status\": \"OK\"\n}\n");
        }
        assertThat(server.send("PUT", "/server/logging?level=loud", NOTHING).status())
                .isEqualTo(400);
    }

    private Answer scale(String path) {
        return server.send("PUT", "/models/" + path, NOTHING);
    }

    private Answer delete(String path) {
        return server.send("DELETE", "/models/" + path, NOTHING);
    }

    private int predict(String model) {
        return server.post("/predictions/" + model, PICTURE).status();
    }

    private JsonNode group(String model) {
        return server.get("/models/" + model).json("/0/models/0/workerGroups/0");
    }
}
