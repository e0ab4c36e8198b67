package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.settings.ServerSettings;
import dev.medzoo.zoo.index.StoreIndex;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @Test
    void servesAnEmptyStore(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve(StoreIndex.FILE), StoreIndex.empty().toBytes());
        RunningServer server = RunningServer.with("store=" + folder).start();

        assertThat(server.get("/ping").body()).isEqualTo("{}\n");
        assertThat(server.get("/models").json("/models")).isEmpty();
        server.server().close();
    }

    @Test
    void saysInOneLineWhichStoreCannotBeRead(@TempDir Path folder) {
        ServerSettings settings = RunningServer.settings("store=" + folder.resolve("none"));

        assertThatThrownBy(() -> Server.start(settings))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("store: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void saysInOneLineWhichModelCannotBeLoaded(@TempDir Path folder) throws Exception {
        String digest = "sha256:" + "0".repeat(64);
        String index =
                """
                {"format": 1, "serial": 1,
                 "artifacts": {"eye": [{"version": "1.0.0", "digest": "%s", "revoked": null}]},
                 "aliases": {"eye": {"stable": "1.0.0"}}}
                """
                        .formatted(digest);
        Files.writeString(folder.resolve(StoreIndex.FILE), index, StandardCharsets.UTF_8);
        ServerSettings settings = RunningServer.settings("store=" + folder);

        assertThatThrownBy(() -> Server.start(settings))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("eye/1.0.0: manifest.json: absent")
                .hasMessageNotContaining("\n");
    }

    @Test
    void saysInOneLineThatThePortIsTaken(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve(StoreIndex.FILE), StoreIndex.empty().toBytes());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            ServerSettings settings = RunningServer.settings("store=" + folder, "port=" + port);

            assertThatThrownBy(() -> Server.start(settings))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("127.0.0.1:" + port + ": ");
        }
        ServerSettings elsewhere =
                RunningServer.settings("store=" + folder, "host=no-such-host.invalid");
        assertThatThrownBy(() -> Server.start(elsewhere))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("no-such-host.invalid:0: ");
    }
}
