package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.BREAST;
import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.index.StoreIndex.Published;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ServedModelsTest {
    private static final Version VERSION = Version.parse("1.0.0");
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);

    @Test
    void areAllThatTheIndexHasAndDoesNotRevoke(@TempDir Path folder) throws Exception {
        Map<String, List<Published>> artifacts = new TreeMap<>();
        artifacts.put(SKIN, List.of(new Published(VERSION, copy(SKIN, folder))));
        artifacts.put(FOOT, List.of(new Published(VERSION, copy(FOOT, folder))));
        artifacts.put(
                BREAST, List.of(new Published(VERSION, copy(BREAST, folder), null, "mislabelled")));
        StoreIndex index =
                new StoreIndex(
                        StoreIndex.FORMAT,
                        1,
                        Instant.EPOCH,
                        null,
                        null,
                        new TreeMap<>(artifacts),
                        new TreeMap<>(
                                Map.of(
                                        SKIN, new TreeMap<>(Map.of("stable", VERSION)),
                                        BREAST, new TreeMap<>(Map.of("stable", VERSION)))));
        Files.write(folder.resolve(StoreIndex.FILE), index.toBytes());
        RunningServer server = RunningServer.with("store=" + folder, "workers=3").start();

        assertThat(server.get("/models").json("/models")).hasSize(2);
        assertThat(predict(server, SKIN)).isEqualTo(200);
        assertThat(workers(server, SKIN)).isEqualTo(3);
        assertThat(predict(server, FOOT)).isEqualTo(404);
        assertThat(predict(server, FOOT + "/1.0.0")).isEqualTo(200);
        assertThat(workers(server, FOOT)).isEqualTo(3);
        assertThat(predict(server, BREAST)).isEqualTo(404);
        assertThat(predict(server, BREAST + "/1.0.0")).isEqualTo(404);
        server.server().close();
    }

    private static int predict(RunningServer server, String model) {
        return server.post("/predictions/" + model, PICTURE).status();
    }

    private static int workers(RunningServer server, String model) {
        return server.get("/models/" + model).json("/0/models/0/workerGroups/0/maxWorkers").asInt();
    }

    /** Copies an artifact of the class path into a store and gives its digest. */
    private static String copy(String name, Path folder) throws Exception {
        VerifiedArtifact artifact =
                VerifiedStore.of(Store.fromSettings()).artifact(new ModelReference(name, VERSION));
        artifact.content().writeTo(folder.resolve(name + "/" + VERSION));
        return artifact.digest();
    }
}
