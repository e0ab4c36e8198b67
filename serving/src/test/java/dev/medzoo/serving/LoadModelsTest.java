package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.serving.settings.SettingsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting {@code load_models}, and the numbers in an artifact's {@code serving.properties}. */
@Tag("slow")
class LoadModelsTest {
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final byte[] NOTHING = new byte[0];

    @TempDir private Path root = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "ALL, 'dfu-double-transfer/1.0.0 dfu-double-transfer/1.1.0 pretrained-skin/1.0.0'",
        "NONE, ''",
        "dfu-double-transfer, dfu-double-transfer/1.0.0",
        "medzoo://dfu-double-transfer/1.1.0, dfu-double-transfer/1.1.0",
        "'pretrained-skin, dfu-double-transfer@candidate', "
                + "'dfu-double-transfer/1.1.0 pretrained-skin/1.0.0'",
        "[m]=medzoo://pretrained-skin, m/1.0.0",
        "[m:1.1.0]=medzoo://dfu-double-transfer, m/1.1.0",
        "'[m:1.1.0:PyTorch:cpu]=dfu-double-transfer,pretrained-skin', 'm/1.1.0 pretrained-skin/1.0.0'",
        "'[a]=dfu-double-transfer,[a:1.1.0]=dfu-double-transfer', 'a/1.0.0 a/1.1.0'"
    })
    void saysWhatIsServed(String setting, String models) throws Exception {
        store();
        RunningServer server =
                RunningServer.with("store=" + root, "load_models=" + setting).start();
        List<String> served = new ArrayList<>();
        List<Integer> statuses = new ArrayList<>();
        for (JsonNode each : server.get("/models").json("/models")) {
            served.add(each.get("modelName").asText() + "/" + each.get("version").asText());
            statuses.add(
                    server.post("/predictions/" + each.get("modelName").asText(), PICTURE)
                            .status());
        }
        server.server().close();

        assertThat(String.join(" ", served)).isEqualTo(models);
        assertThat(statuses).allMatch(status -> status == 200);
    }

    private void store() throws Exception {
        new MadeStore(root)
                .add(FOOT, "1.0.0")
                .add(FOOT, "1.1.0")
                .add(SKIN, "1.0.0")
                .alias(FOOT, "candidate", "1.1.0")
                .write();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "absent",
                "dfu-double-transfer/9.9.9",
                "dfu-double-transfer@absent",
                "pretrained-skin,absent"
            })
    void mustBeInTheStore(String setting) throws Exception {
        store();
        for (String wait : List.of("true", "false")) {
            assertThatThrownBy(
                            () ->
                                    RunningServer.with(
                                                    "store=" + root,
                                                    "load_models=" + setting,
                                                    "wait_model_loading=" + wait)
                                            .start())
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("load_models: ")
                    .hasMessageContaining(setting.contains("9.9.9") ? "9.9.9" : "absent");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[m:1.0.0]=medzoo://dfu-double-transfer/1.1.0",
                "[m:one]=dfu-double-transfer",
                "[M m]=dfu-double-transfer",
                "[m]=http://h/m.zip",
                "dfu-double-transfer,,pretrained-skin"
            })
    void mustBeNamesOfModels(String setting) {
        assertThatThrownBy(
                        () -> ServerSettings.read(null, Map.of(), Map.of("load_models", setting)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("load_models: ");
    }

    @Test
    void anArtifactSaysHowItIsWorkedOn() throws Exception {
        new MadeStore(root)
                .add(
                        FOOT,
                        "1.0.0",
                        "batch_size=4",
                        "max_batch_delay=9",
                        "max_idle_time=11",
                        "job_queue_size=7",
                        "minWorkers=2",
                        "cpu.maxWorkers=3",
                        "gpu.maxWorkers=1")
                .write();
        RunningServer server = RunningServer.with("store=" + root, "batch_size=2").start();
        String query = "&model_name=m&max_worker=5&batch_size=1";
        Answer registered = server.post("/models?url=" + FOOT + query, NOTHING);
        JsonNode model = server.get("/models/" + FOOT).json("/0/models/0");
        JsonNode other = server.get("/models/m").json("/0/models/0");
        server.server().close();

        assertThat(model.get("batchSize").asInt()).isEqualTo(4);
        assertThat(model.get("maxBatchDelayMillis").asInt()).isEqualTo(9);
        assertThat(model.get("maxIdleSeconds").asInt()).isEqualTo(11);
        assertThat(model.get("queueSize").asInt()).isEqualTo(7);
        assertThat(model.at("/workerGroups/0/minWorkers").asInt()).isEqualTo(2);
        assertThat(model.at("/workerGroups/0/maxWorkers").asInt()).isEqualTo(3);
        assertThat(model.at("/workerGroups/0/workers")).hasSize(2);
        assertThat(registered.status()).isEqualTo(200);
        assertThat(other.get("batchSize").asInt()).isEqualTo(1);
        assertThat(other.get("queueSize").asInt()).isEqualTo(7);
        assertThat(other.at("/workerGroups/0/minWorkers").asInt()).isEqualTo(2);
        assertThat(other.at("/workerGroups/0/maxWorkers").asInt()).isEqualTo(5);
    }

    @Test
    void anArtifactMayAskForMoreWorkersThanIsUsual() throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0", "minWorkers=3").write();
        RunningServer server = RunningServer.with("store=" + root, "workers=1").start();
        JsonNode group = server.get("/models/" + FOOT).json("/0/models/0/workerGroups/0");
        server.server().close();

        assertThat(group.get("minWorkers").asInt()).isEqualTo(3);
        assertThat(group.get("maxWorkers").asInt()).isEqualTo(3);
    }

    @Test
    void anArtifactThatContradictsItselfIsNotServed() throws Exception {
        new MadeStore(root).add(FOOT, "1.0.0", "minWorkers=3", "cpu.maxWorkers=2").write();

        assertThatThrownBy(() -> RunningServer.with("store=" + root).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(FOOT + "/1.0.0: ")
                .hasMessageContaining("min_worker: 3 (expected: 0..2)");
    }
}
