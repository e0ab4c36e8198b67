package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.medzoo.zoo.store.CacheFolder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --offline} with a store behind a web server, that of this project. */
@Tag("slow")
class OfflineTest {
    private static final Path STORE = Path.of("../model-store").toAbsolutePath();

    private HttpServer server;
    private String address;

    @BeforeEach
    void start(@TempDir Path cache) throws Exception {
        System.setProperty(CacheFolder.PROPERTY, cache.toString());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        Path path = STORE.resolve(exchange.getRequestURI().getPath().substring(1));
                        if (!Files.isRegularFile(path)) {
                            exchange.sendResponseHeaders(404, -1);
                            return;
                        }
                        byte[] file = Files.readAllBytes(path);
                        exchange.sendResponseHeaders(200, file.length);
                        exchange.getResponseBody().write(file);
                    }
                });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty(CacheFolder.PROPERTY);
    }

    @Test
    void findsTheSameAsOnlineOnceFetchedAndRefusesWhatWasNot() {
        String picture = STORE + "/pretrained-skin/1.0.0/golden/drawn-1.png";
        String line = "predict pretrained-skin " + picture + " --json --store " + address;

        CommandRun before = CommandRun.ofLine(line + " --offline");
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.errLines())
                .singleElement()
                .asString()
                .startsWith("medzoo: index.json: offline, and not in the cache")
                .endsWith("from " + address + "/");

        CommandRun online = CommandRun.ofLine(line);
        CommandRun models = CommandRun.ofLine("models --store " + address);
        assertThat(online.exitCode()).as(online.err()).isZero();
        server.stop(0);

        CommandRun offline = CommandRun.ofLine("--offline " + line);
        assertThat(offline.exitCode()).as(offline.err()).isZero();
        assertThat(offline.out()).isEqualTo(online.out());
        assertThat(offline.err()).isEmpty();
        assertThat(CommandRun.ofLine("models --offline --store " + address)).isEqualTo(models);

        CommandRun other =
                CommandRun.ofLine(
                        line.replace("pretrained-skin ", "pretrained-breast ") + " --offline");
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err())
                .contains("offline, and not in the cache (expected: fetched before)");
    }
}
