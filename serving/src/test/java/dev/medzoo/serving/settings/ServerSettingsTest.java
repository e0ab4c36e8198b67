package dev.medzoo.serving.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.medzoo.serving.http.Address;
import dev.medzoo.serving.tls.TlsSettings;
import dev.medzoo.serving.traffic.Registration;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.CacheFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Test
    void hasDefaults() throws Exception {
        ServerSettings settings = ServerSettings.read(null, Map.of("PATH", "/bin"), Map.of());

        Address here = new Address(false, "127.0.0.1", 8080);
        assertThat(settings.inference()).isEqualTo(here);
        assertThat(settings.management()).isEqualTo(here);
        assertThat(settings.grpc()).isNull();
        assertThat(settings.store().location()).isNull();
        assertThat(settings.models().isEverything()).isTrue();
        assertThat(settings.models().pools().maxWorkers()).isEqualTo(CORES);
        assertThat(settings.models().pools().queueSize()).isEqualTo(100);
        assertThat(settings.models().threads()).isEqualTo(1);
        assertThat(settings.http().limits().maxBodyBytes()).isEqualTo(64 << 20);
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.api().isPrometheus()).isFalse();
        assertThat(settings.watch().otlpEndpoint()).isNull();
        assertThat(settings.audit()).isNull();
        assertThat(settings.tokens().file()).isNull();
    }

    @Test
    void putsOptionsBeforeTheEnvironmentAndThatBeforeTheFile(@TempDir Path folder)
            throws Exception {
        Path file = file(folder, "port=1\nworkers=1\nbatch_size=1\nhost=localhost\nstore=models\n");
        Map<String, String> environment =
                Map.of(
                        "MEDZOO_PORT", "2",
                        "MEDZOO_WORKERS", "2",
                        "SERVING_WORKERS", "3",
                        "SERVING_BATCH_SIZE", "3");

        ServerSettings settings = ServerSettings.read(file, environment, Map.of("port", "3"));

        assertThat(settings.inference()).isEqualTo(new Address(false, "localhost", 3));
        assertThat(settings.models().pools().maxWorkers()).isEqualTo(2);
        assertThat(settings.models().pools().batchSize()).isEqualTo(3);
        assertThat(settings.store().location()).isEqualTo("models");
    }

    @Test
    void readsAConfigurationOfDjlServing(@TempDir Path folder) throws Exception {
        Path file =
                file(
                        folder,
                        """
                        inference_address=http://0.0.0.0:8085
                        management_address=http://127.0.0.1:8081
                        cluster_address=http://127.0.0.1:8888
                        model_store=models
                        load_models=pretrained-skin,[m:1.0.0:PyTorch:*]=medzoo://pretrained-skin/1.0.0
                        wait_model_loading=false
                        allow_multi_status=true
                        number_of_netty_threads=3
                        job_queue_size=10
                        batch_size=4
                        max_batch_delay=7
                        max_idle_time=9
                        reserved_memory_mb=1
                        load_on_devices=*
                        max_request_size=1000
                        plugin_folder=plugins
                        bad_request_http_code=422
                        request_id_header_key=x-id
                        cors_allowed_origin=*
                        use_native_io=true
                        io_ratio=50
                        """);
        Map<String, String> environment =
                Map.of("SERVING_PROMETHEUS", "true", "SERVING_FAIL_FAST", "true");

        ServerSettings settings = ServerSettings.read(file, environment, Map.of());

        assertThat(settings.inference()).isEqualTo(new Address(false, "0.0.0.0", 8085));
        assertThat(settings.management()).isEqualTo(new Address(false, "127.0.0.1", 8081));
        assertThat(settings.store().location()).isEqualTo("models");
        assertThat(settings.models().registrations())
                .containsExactly(
                        Registration.of(ModelReference.parse("pretrained-skin")),
                        new Registration(
                                "m", ModelReference.parse("pretrained-skin/1.0.0"), Map.of()));
        assertThat(settings.models().isLoadingAwaited()).isFalse();
        assertThat(settings.api().compatibility().isMultiStatus()).isTrue();
        assertThat(settings.http().loopThreads()).isEqualTo(3);
        assertThat(settings.models().pools().queueSize()).isEqualTo(10);
        assertThat(settings.models().pools().batchSize()).isEqualTo(4);
        assertThat(settings.models().pools().maxBatchDelay()).isEqualTo(Duration.ofMillis(7));
        assertThat(settings.models().pools().maxIdleTime()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.api().compatibility().statuses()).containsValue(422);
        assertThat(settings.http().idHeader()).isEqualTo("x-id");
        assertThat(settings.http().corsHeaders()).containsEntry("access-control-allow-origin", "*");
        assertThat(settings.api().isPrometheus()).isTrue();
    }

    @Test
    void namesAllFaultsAtOnce(@TempDir Path folder) throws Exception {
        Path file = file(folder, "prot=80\nworkers=0\nhost=\n");
        Map<String, String> environment =
                Map.of("MEDZOO_PORT", "99999", "MEDZOO_MODELS", "x", "MEDZOO_STORE", "ftp://x");
        Map<String, String> options = Map.of("threads", "two", "colour", "red");

        SettingsException wrong =
                Objects.requireNonNull(
                        catchThrowableOfType(
                                SettingsException.class,
                                () -> ServerSettings.read(file, environment, options)));

        String keys = String.valueOf(Settings.ALL.keySet());
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
                        "store: ftp://x in MEDZOO_STORE (expected: a folder, artifact:FOLDER, a .jar file, an"
                                + " http(s) or s3 address)");
        assertThat(wrong).hasMessage(String.join("; ", wrong.faults()));
    }

    @ParameterizedTest
    @CsvSource({
        "port, -1",
        "port, 65536",
        "port, 8080.0",
        "port, 99999999999999999999",
        "workers, 0",
        "threads, 0",
        "threads, 1000",
        "job_queue_size, 0",
        "max_request_size, 0",
        "max_request_size, 64MiB",
        "drain_timeout, -1",
        "idle_timeout, 0",
        "store_refresh, 0",
        "candidate_share, 101",
        "inference_address, 127.0.0.1:80",
        "inference_address, ftp://here",
        "compatibility, loose",
        "prometheus, yes",
        "bad_request_http_code, 200",
        "load_models, Skin",
        "allowed_hosts, a b",
        "allowed_hosts, zoo.example:80",
        "allowed_hosts, http://zoo.example",
        "store_redirects, cdn.example/b",
        "otlp_endpoint, here"
    })
    void refusesAValueThatCannotBe(String key, String value) {
        assertThatThrownBy(() -> ServerSettings.read(null, Map.of(), Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(key + ": ")
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inference_address=https://127.0.0.1:8443",
                "require_token=true",
                "audit_file=audit.log",
                "audit_key_file=audit.key"
            })
    void refusesASettingWithoutTheOneThatItNeeds(String setting) {
        String[] parts = setting.split("=", 2);
        assertThatThrownBy(() -> ServerSettings.read(null, Map.of(), Map.of(parts[0], parts[1])))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("(expected: ");
    }

    /** What a launcher, an image or a unit says must not override anybody without a word. */
    @Test
    void takesADefaultOnlyWhereNobodySaysAnything(@TempDir Path folder) throws Exception {
        String name = "medzoo.default.inference_address";
        System.setProperty(name, "http://0.0.0.0:80");
        try {
            Map<String, String> none = Map.of();
            assertThat(ServerSettings.read(null, none, none).inference())
                    .isEqualTo(new Address(false, "0.0.0.0", 80));
            Path file = file(folder, "inference_address=http://localhost:81\n");
            assertThat(ServerSettings.read(file, none, none).inference())
                    .isEqualTo(new Address(false, "localhost", 81));
            assertThat(ServerSettings.read(null, Map.of("MEDZOO_HOST", "::1"), none).inference())
                    .isEqualTo(new Address(false, "::1", 80));
            assertThat(ServerSettings.read(null, none, Map.of("port", "82")).inference())
                    .isEqualTo(new Address(false, "0.0.0.0", 82));
            System.setProperty(name, "here");
            assertThatThrownBy(() -> ServerSettings.read(null, none, none))
                    .hasMessageContaining("inference_address: here in the default " + name);
        } finally {
            System.clearProperty(name);
        }
    }

    @Test
    void passesOverTheMarkThatSomeEditorsBeginFilesWith(@TempDir Path folder) throws Exception {
        Path file = file(folder, "\uFEFFport=7\nworkers=1\n");
        ServerSettings settings = ServerSettings.read(file, Map.of(), Map.of());
        assertThat(settings.inference().port()).isEqualTo(7);
        assertThat(settings.models().pools().maxWorkers()).isEqualTo(1);
    }

    /** Who can write it says whom the server lets in. */
    @Test
    void refusesAFileThatOthersCanWrite(@TempDir Path folder) throws Exception {
        Path file = file(folder, "require_token=false\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
        assertThatThrownBy(() -> ServerSettings.read(file, Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("permissions rw-r--rw- (expected: only its owner writes");
    }

    /** Every process of the machine sees what a command was started with. */
    @Test
    void takesASecretFromNoOption() throws Exception {
        assertThatThrownBy(
                        () ->
                                ServerSettings.read(
                                        null, Map.of(), Map.of("keystore_pass", "open sesame")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "keystore_pass: given as an option (expected: in a file or in"
                                + " MEDZOO_KEYSTORE_PASS, which other users cannot read)");
        assertThat(ServerSettings.read(null, Map.of("MEDZOO_KEYSTORE_PASS", "a"), Map.of()).tls())
                .isNull();
    }

    @Test
    void saysWhichSettingAStoreOverANetworkLacks(@TempDir Path folder) throws Exception {
        String home = System.getProperty("user.home");
        String cache = System.getProperty(CacheFolder.PROPERTY);
        System.clearProperty(CacheFolder.PROPERTY);
        System.setProperty("user.home", folder.resolve("absent").toString());
        try {
            assertThatThrownBy(
                            () ->
                                    ServerSettings.read(
                                            null, Map.of(), Map.of("store", "http://localhost/")))
                    .hasMessageStartingWith("cache: the home folder ")
                    .hasMessageEndingWith("(expected: a folder that you own, set by MEDZOO_CACHE)");
        } finally {
            System.setProperty("user.home", home);
            if (cache != null) {
                System.setProperty(CacheFolder.PROPERTY, cache);
            }
        }
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

    /** One that is for the launcher or the store does not keep a server from its start. */
    @Test
    void knowsEveryVariableThatTheDocumentsName() throws Exception {
        Map<String, String> named = new TreeMap<>();
        Pattern variable = Pattern.compile("(?<![A-Z0-9])MEDZOO_[A-Z_]*[A-Z]");
        try (Stream<Path> pages = Files.list(Path.of("../docs"))) {
            for (Path each : pages.filter(page -> page.toString().endsWith(".md")).toList()) {
                variable.matcher(Files.readString(each))
                        .results()
                        .forEach(found -> named.put(found.group(), "x"));
            }
        }
        SettingsException wrong =
                catchThrowableOfType(
                        SettingsException.class, () -> ServerSettings.read(null, named, Map.of()));

        assertThat(named).containsKeys("MEDZOO_STORE_TOKEN", "MEDZOO_CLASSES", "MEDZOO_TRUST");
        assertThat(wrong.faults()).noneMatch(each -> each.contains("unknown setting"));
    }

    @Test
    void tellsOfEverySettingInItsDocument() throws Exception {
        String document = Files.readString(Path.of("../docs/operations.md"));

        for (Setting<?> setting : Settings.ALL.values()) {
            assertThat(document).contains("\n| `" + setting.key() + "` | ");
            boolean isOfTheMachine = Set.of("cores", "workers").contains(setting.key());
            if (!isOfTheMachine && !TlsSettings.KEYS.contains(setting.key())) {
                String usual = setting.usual().isEmpty() ? "–" : setting.usual();
                assertThat(document).contains("\n| `%s` | %s | ".formatted(setting.key(), usual));
            }
        }
        Settings.WITHOUT_EFFECT.forEach(each -> assertThat(document).contains("`" + each + "`"));
        Settings.SYNONYMS.keySet().forEach(each -> assertThat(document).contains("`" + each + "`"));
    }

    private static Path file(Path folder, String text) throws Exception {
        return Files.writeString(folder.resolve("server.properties"), text, StandardCharsets.UTF_8);
    }
}
