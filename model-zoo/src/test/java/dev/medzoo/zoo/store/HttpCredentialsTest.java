package dev.medzoo.zoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom an http store's reader shows its token or password to. */
class HttpCredentialsTest {
    private static final String SECRET = "s3cr3t-t0ken";
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final List<String> shown = new CopyOnWriteArrayList<>();

    @AfterEach
    void forget() {
        System.clearProperty(HttpCredentials.PROPERTY);
        System.clearProperty(Store.PROPERTY);
    }

    /** Notes what a request shows, and answers well. */
    private RoughServer.Turn noting() {
        return (exchange, file) -> {
            shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            RoughServer.well(exchange, file);
        };
    }

    private static String read(HttpStore store) throws Exception {
        return new String(store.read("index.json", 100), UTF_8);
    }

    private static HttpStore store(String address, Set<String> hosts) {
        return new HttpStore(URI.create(address), hosts, SILENCE);
    }

    @Test
    void aTokenIsShownToOtherFilesOnlyWhereTheStoreIs() {
        System.setProperty(HttpCredentials.PROPERTY, SECRET);
        URI files = URI.create("https://models.example/data/");
        assertThat(HttpCredentials.ofFiles(files)).isEmpty();
        System.setProperty(Store.PROPERTY, "s3://models/zoo");
        assertThat(HttpCredentials.ofFiles(files)).isEmpty();
        System.setProperty(Store.PROPERTY, "https://other.example/zoo");
        assertThat(HttpCredentials.ofFiles(files)).isEmpty();
        System.setProperty(Store.PROPERTY, "https://models.example/zoo");
        assertThat(HttpCredentials.ofFiles(files)).isPresent();
    }

    @Test
    void aTokenIsShownToTheStore(@TempDir Path files) throws Exception {
        Files.writeString(files.resolve("index.json"), "{}");
        System.setProperty(HttpCredentials.PROPERTY, SECRET);
        try (RoughServer server = new RoughServer(files)) {
            server.next("index.json", noting());
            assertThat(read(store(server.address(), Set.of()))).isEqualTo("{}");
            assertThat(shown).containsExactly("Bearer " + SECRET);
        }
    }

    @Test
    void noOtherHostGetsItThoughTheStoreLeadsThere(@TempDir Path files) throws Exception {
        Files.writeString(files.resolve("index.json"), "{}");
        Files.writeString(files.resolve("again"), "own");
        System.setProperty(HttpCredentials.PROPERTY, SECRET);
        try (RoughServer server = new RoughServer(files);
                RoughServer other = new RoughServer(files)) {
            String named = URI.create(other.address()).getAuthority();
            server.next("index.json", to(other.address() + "index.json"));
            other.next("index.json", noting());
            assertThat(read(store(server.address(), Set.of(named)))).isEqualTo("{}");
            assertThat(shown).containsExactly("null");

            shown.clear();
            server.next("index.json", to("again")).next("again", noting());
            assertThat(read(store(server.address(), Set.of()))).isEqualTo("own");
            assertThat(shown).containsExactly("Bearer " + SECRET);
        }
    }

    private static RoughServer.Turn to(String location) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    @Test
    void aTokenIsForTheStoreThatTheSettingsName() {
        System.setProperty(HttpCredentials.PROPERTY, SECRET);
        System.setProperty(Store.PROPERTY, "https://models.example/store");
        assertThat(HttpCredentials.of(URI.create("https://models.example/store/"))).isPresent();
        assertThat(HttpCredentials.of(URI.create("https://elsewhere.example/"))).isEmpty();
        assertThat(HttpCredentials.of(URI.create("https://models.example:8443/"))).isEmpty();
    }

    @Test
    void aRefusalSaysWhoseCredentialsWereShownAndNotWhich(@TempDir Path files) throws Exception {
        Files.writeString(files.resolve("index.json"), "{}");
        try (RoughServer server = new RoughServer(files)) {
            server.next("index.json", RoughServer.status(401, ""), RoughServer.status(403, ""));
            assertThatThrownBy(() -> read(store(server.address(), Set.of())))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("status 401 (expected: 200), asked with no credentials");
            System.setProperty(HttpCredentials.PROPERTY, SECRET);
            assertThatThrownBy(() -> read(store(server.address(), Set.of())))
                    .hasMessageEndingWith(
                            "status 403 (expected: 200), asked with credentials of MEDZOO_STORE_TOKEN")
                    .hasMessageNotContaining(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://, http://",
        "http://models.example/a b, http://models.example/a b",
        "http://models.example:65536/, http://models.example:65536/",
        "https://anna:secret@models.example/a b, https://…@models.example/a b",
        "https://anna:sec@ret@models.example/, https://…@models.example/",
        "https://anna:sec/r@t@models.example/a b, https://…@models.example/a b"
    })
    void whatIsNoAddressIsRefusedWithoutItsPassword(String given, String said) {
        String message = "store: " + said + " (expected: http(s)://host/path)";
        assertThatThrownBy(() -> Store.open(given, Set.of())).hasMessage(message);
        assertThatThrownBy(() -> CachedStore.ofFiles(given)).hasMessage(message);
    }

    @Test
    void noMessageHasWhatIsSecret() {
        System.setProperty(HttpCredentials.PROPERTY, SECRET + "\nX-Other: 1");
        assertThatThrownBy(() -> HttpCredentials.of(URI.create("https://models.example/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "MEDZOO_STORE_TOKEN: with other characters (expected: printable ASCII, no blanks)");
        System.clearProperty(HttpCredentials.PROPERTY);
        assertThatThrownBy(() -> store("https://anna:" + SECRET + "@models.example/", Set.of()))
                .hasMessage("store: https://…@models.example/ (expected: http(s)://host/path)");
        assertThat(new HttpCredentials("Bearer " + SECRET, "a file").toString())
                .isEqualTo("credentials of a file");
        assertThat(new Netrc.Login("anna", SECRET).toString()).isEqualTo("anna");
    }

    @Test
    void aNetrcFileIsReadAsCurlReadsIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve(".netrc");
        Files.writeString(
                file,
                """
                # machine models.example login nobody password none
                machine other.example login x password y
                macdef init
                machine models.example login macro password none

                machine Models.example
                    login anna
                    password "two \\"words"
                default login any password thing
                """);
        assertThat(HttpCredentials.ofNetrc(URI.create("https://models.example/"), file))
                .contains(new HttpCredentials("Basic YW5uYTp0d28gIndvcmRz", file.toString()));
        assertThat(HttpCredentials.ofNetrc(URI.create("https://unknown.example/"), file)).isEmpty();
        assertThat(HttpCredentials.ofNetrc(URI.create("https://a.b/"), folder.resolve("absent")))
                .isEqualTo(Optional.empty());
    }

    @Test
    void aNetrcFileThatOthersOwnOrWriteIsRefusedWhereItNamesTheHost(@TempDir Path folder)
            throws Exception {
        Path file = folder.toRealPath().resolve(".netrc");
        Files.writeString(file, "machine models.example login anna password " + SECRET + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        URI store = URI.create("https://models.example/");
        assertThat(HttpCredentials.ofNetrc(store, file)).isPresent();

        String fault = OthersFile.make(file);
        assertThatThrownBy(() -> HttpCredentials.ofNetrc(store, file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("netrc: " + fault)
                .hasMessageEndingWith(", or another file in NETRC")
                .hasMessageNotContaining(SECRET);
        assertThat(HttpCredentials.ofNetrc(URI.create("https://a.b/"), file)).isEmpty();
    }
}
