package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.BREAST;
import static dev.medzoo.serving.RunningServer.FOOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose weights do not come, until they do. */
@Tag("slow")
class PendingModelsTest {
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final byte[] NOTHING = new byte[0];

    @TempDir private Path root = Path.of("");
    @TempDir private Path cache = Path.of("");
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void make() throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0").add(BREAST, "1.0.0").write();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void arePendingFromTheirRegistrationToTheirFirstAnswer() throws Exception {
        HeldStore store = held();
        RunningServer server = start(store, "load_models=NONE");
        Answer scheduled = register(server, FOOT + "&model_name=m&synchronous=false");
        Answer other = register(server, BREAST + "&synchronous=false");

        assertThat(scheduled.status()).isEqualTo(202);
        assertThat(other.status()).isEqualTo(202);
        assertThat(statuses(server)).containsExactly("m PENDING", BREAST + " PENDING");
        assertThat(server.get("/ping").json("/m/status").asText()).isEqualTo("PENDING");
        assertThat(register(server, FOOT + "&model_name=m").status()).isEqualTo(409);
        assertThat(register(server, BREAST).status()).isEqualTo(409);
        for (Answer refused :
                List.of(
                        server.post("/predictions/m", PICTURE),
                        server.post("/predictions/m/1.0.0", PICTURE),
                        server.get("/models/m"),
                        server.send("PUT", "/models/m?min_worker=1", NOTHING))) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json("/type").asText()).isEqualTo("WlmException");
            assertThat(refused.json("/message").asText()).startsWith("Model is not ready: m");
            assertThat(refused.header("retry-after")).isNotEmpty();
        }

        store.release();
        Deadline.await(() -> statuses(server).equals(List.of("m READY", BREAST + " READY")));
        assertThat(server.post("/predictions/m", PICTURE).status()).isEqualTo(200);
    }

    @Test
    void keepNobodyElseWaiting() throws Exception {
        HeldStore store = held();
        RunningServer server = start(store, "load_models=NONE", "number_of_netty_threads=1");
        CompletableFuture<Answer> registered =
                server.sendAsync("POST", "/models?url=" + FOOT, NOTHING);
        Deadline.await(() -> server.get("/ping").body().contains("PENDING"));
        CompletableFuture<Answer> unregistered =
                server.sendAsync("DELETE", "/models/" + FOOT, NOTHING);

        assertThat(server.get("/live").status()).isEqualTo(200);
        assertThat(registered).isNotDone();
        assertThat(unregistered).isNotDone();
        store.release();
        assertThat(registered.join().status()).isEqualTo(200);
        assertThat(unregistered.join().status()).isIn(200, 503);
    }

    @Test
    void doNotKeepAServerFromStartingThatIsNotToWait() throws Exception {
        HeldStore store = held();
        RunningServer server =
                start(store, "wait_model_loading=false", "load_models=[m]=medzoo://" + FOOT);

        assertThat(server.get("/models").json("/models/0/status").asText()).isEqualTo("PENDING");
        assertThat(server.get("/ready").status()).isEqualTo(503);
        assertThat(server.get("/live").status()).isEqualTo(200);
        assertThat(server.post("/invocations", PICTURE).status()).isEqualTo(503);
        store.release();
        Deadline.await(() -> server.get("/ready").status() == 200);

        assertThat(server.post("/invocations", PICTURE).status()).isEqualTo(200);
        assertThat(server.get("/models/m").json("/0/models/0/loadedAtStartup").asBoolean())
                .isTrue();
        assertThat(register(server, BREAST).status()).isEqualTo(200);
        assertThat(server.get("/models/" + BREAST).json("/0/models/0/loadedAtStartup").asBoolean())
                .isFalse();
        assertThat(server.post("/invocations", PICTURE).status()).isEqualTo(200);
    }

    private HeldStore held() throws Exception {
        HeldStore store = new HeldStore(root, cache);
        open.add(store);
        return store;
    }

    private RunningServer start(HeldStore store, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("store=" + store.address()));
        options.addAll(List.of(more));
        RunningServer server = RunningServer.with(options.toArray(String[]::new)).start();
        open.add(0, server.server());
        return server;
    }

    private static Answer register(RunningServer server, String query) {
        return server.post("/models?url=" + query, NOTHING);
    }

    private static List<String> statuses(RunningServer server) {
        List<String> statuses = new ArrayList<>();
        for (JsonNode each : server.get("/models").json("/models")) {
            statuses.add(each.get("modelName").asText() + " " + each.get("status").asText());
        }
        return statuses;
    }
}
