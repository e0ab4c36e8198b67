package dev.medzoo.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {
    @Test
    void hasDefaults() throws Exception {
        ServerSettings settings = ServerSettings.read(null, Map.of("PATH", "/bin"), Map.of());

        int cores = Runtime.getRuntime().availableProcessors();
        Duration drain = Duration.ofSeconds(30);
        Duration idle = Duration.ofSeconds(60);
        assertThat(settings)
                .isEqualTo(
                        new ServerSettings(
                                "127.0.0.1",
                                8080,
                                null,
                                cores,
                                1,
                                100,
                                64 << 20,
                                drain,
                                idle,
                                drain));
    }

    @Test
    void putsOptionsBeforeTheEnvironmentAndThatBeforeTheFile(@TempDir Path folder)
            throws Exception {
        Path file = file(folder, "port=1\nworkers=1\nthreads=1\nhost=localhost\nstore=models\n");
        Map<String, String> environment = Map.of("MEDZOO_PORT", "2", "MEDZOO_WORKERS", "2");

        ServerSettings settings = ServerSettings.read(file, environment, Map.of("port", "3"));

        assertThat(settings.port()).isEqualTo(3);
        assertThat(settings.workers()).isEqualTo(2);
        assertThat(settings.threads()).isEqualTo(1);
        assertThat(settings.host()).isEqualTo("localhost");
        assertThat(settings.store()).isEqualTo("models");
    }

    @Test
    void namesAllFaultsAtOnce(@TempDir Path folder) throws Exception {
        Path file = file(folder, "prot=80\nworkers=0\nhost=\n");
        Map<String, String> environment =
                Map.of("MEDZOO_PORT", "99999", "MEDZOO_MODELS", "x", "MEDZOO_STORE", "ftp://x");
        Map<String, String> options = Map.of("threads", "two", "colour", "red");

        SettingsException wrong =
                catchThrowableOfType(
                        SettingsException.class,
                        () -> ServerSettings.read(file, environment, options));

        String keys =
                "[drain_timeout, host, idle_timeout, job_queue_size, max_request_size, port,"
                        + " store, store_refresh, threads, workers]";
        assertThat(wrong.faults())
                .containsExactlyInAnyOrder(
                        "prot: unknown setting in %s (expected one of: %s)".formatted(file, keys),
                        "models: unknown setting in MEDZOO_MODELS (expected one of: %s)"
                                .formatted(keys),
                        "colour: unknown setting in the option colour (expected one of: %s)"
                                .formatted(keys),
                        "host: blank in %s (expected: a value)".formatted(file),
                        "workers: 0 in %s (expected: 1..1024)".formatted(file),
                        "port: 99999 in MEDZOO_PORT (expected: 0..65535)",
                        "threads: two in the option threads (expected: 1..1024)",
                        "store: ftp://x (expected: a folder, a .jar file, an http(s) or s3 address),"
                                + " in MEDZOO_STORE");
        assertThat(wrong).hasMessage(String.join("; ", wrong.faults()));
    }

    @ParameterizedTest
    @CsvSource({
        "port, -1",
        "port, 65536",
        "port, 8080.0",
        "port, 99999999999999999999",
        "port, ''",
        "workers, 0",
        "threads, 0",
        "job_queue_size, 0",
        "max_request_size, 0",
        "max_request_size, 64MiB",
        "drain_timeout, -1",
        "idle_timeout, 0",
        "store_refresh, 0"
    })
    void refusesAValueThatCannotBe(String key, String value) {
        assertThatThrownBy(() -> ServerSettings.read(null, Map.of(), Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(key + ": " + value);
    }

    @Test
    void refusesAFileThatCannotBeRead(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> ServerSettings.read(folder.resolve("none"), Map.of(), Map.of()))
                .hasMessageContaining("none: ")
                .hasMessageContaining("(expected: a readable properties file)");
        Path broken = file(folder, "port=\\u12\n");
        assertThatThrownBy(() -> ServerSettings.read(broken, Map.of(), Map.of()))
                .hasMessageContaining("(expected: a readable properties file)");
    }

    private static Path file(Path folder, String text) throws Exception {
        return Files.writeString(folder.resolve("server.properties"), text, StandardCharsets.UTF_8);
    }
}
