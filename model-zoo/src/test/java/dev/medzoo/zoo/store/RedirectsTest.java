package dev.medzoo.zoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the redirects of an http store lead. Names and addresses are those of documentation. */
class RedirectsTest {
    private static final String ROOT = "https://198.51.100.1/store/";

    @ParameterizedTest
    @CsvSource({
        "https://198.51.100.1/store/a, b, https://198.51.100.1/store/b",
        "https://198.51.100.1/store/a, /b, https://198.51.100.1/b",
        "https://198.51.100.1/store/a, https://198.51.100.1:443/b, https://198.51.100.1:443/b",
        "https://198.51.100.1/store/a, //198.51.100.1/b, https://198.51.100.1/b",
        "https://198.51.100.1/store/a, https://203.0.113.9/b, https://203.0.113.9/b",
        "https://198.51.100.1/store/a, https://203.0.113.8:8443/b, https://203.0.113.8:8443/b"
    })
    void followToTheStoresHostAndToThoseThatAreNamed(String from, String location, String to)
            throws IOException {
        Redirects redirects =
                new Redirects(URI.create(ROOT), Redirects.parse("203.0.113.9, 203.0.113.8:8443"));
        assertThat(redirects.follow(URI.create(from), location)).isEqualTo(URI.create(to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://203.0.113.7/b | 198.51.100.1, or a host in store_redirects",
                "https://198.51.100.1:8443/b | 198.51.100.1, or a host in store_redirects",
                "https://203.0.113.9:22/b | 198.51.100.1, or a host in store_redirects",
                "http://198.51.100.1/b | https, as before",
                "http://203.0.113.9/b | https, as before",
                "https://127.0.0.1/b | no loopback or link-local address",
                "https://169.254.169.254/latest | no loopback or link-local address",
                "https://[::1]/b | no loopback or link-local address",
                "https://localhost/b | no loopback or link-local address",
                "https://0.0.0.0/b | no loopback or link-local address",
                "https://a@198.51.100.1/b | an http(s) address",
                "file:///etc/passwd | an http(s) address",
                "ftp://198.51.100.1/b | an http(s) address",
                "https:///b | an http(s) address",
                "https://[/ | an address"
            })
    void refuseEveryOtherPlace(String location, String expected) {
        Redirects redirects =
                new Redirects(
                        URI.create(ROOT),
                        Redirects.parse(
                                "203.0.113.9,127.0.0.1,169.254.169.254,[::1],localhost,0.0.0.0"));

        assertThatThrownBy(() -> redirects.follow(URI.create(ROOT + "a"), location))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "%sa: redirects to %s (expected: %s)".formatted(ROOT, location, expected));
    }

    @Test
    void mayTurnHttpIntoHttpsOfTheSameHost() throws Exception {
        URI http = URI.create("http://198.51.100.1/");
        Redirects redirects = new Redirects(http, Set.of());
        assertThat(redirects.follow(http, "https://198.51.100.1/a"))
                .isEqualTo(URI.create("https://198.51.100.1/a"));
        assertThatThrownBy(() -> redirects.follow(http, "https://198.51.100.1:8443/a"))
                .hasMessageContaining("store_redirects");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "http://a", "a/b", "a:port", "a,,b"})
    void areNamedByTheirHosts(String hosts) {
        assertThatThrownBy(() -> Redirects.parse(hosts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("store_redirects: ");
    }

    /** What a store's server could have its readers ask, and tell from their answers, once. */
    @Test
    void aStoreDoesNotReachAnotherServerOfThisMachine(@TempDir Path files) throws Exception {
        Files.writeString(files.resolve("internal"), "secret");
        Files.writeString(files.resolve("index.json"), "{}");
        try (RoughServer store = new RoughServer(files);
                RoughServer internal = new RoughServer(files)) {
            store.next("index.json", to(internal.address() + "internal"));
            assertThatThrownBy(() -> read(store, Set.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "%sindex.json: redirects to %sinternal (expected: 127.0.0.1, or a host in store_redirects)"
                                    .formatted(store.address(), internal.address()));
            assertThat(internal.asked).isEmpty();

            store.next("index.json", to(internal.address() + "internal"));
            String named = URI.create(internal.address()).getAuthority();
            assertThat(read(store, Set.of(named))).isEqualTo("secret");
            assertThat(internal.asked).containsExactly("internal");
        }
    }

    @Test
    void goOnWithTheRangeAndNotForEver(@TempDir Path files) throws Exception {
        Files.writeString(files.resolve("index.json"), "0123456789");
        Files.writeString(files.resolve("other"), "0123456789");
        try (RoughServer store = new RoughServer(files)) {
            HttpStore http = new HttpStore(URI.create(store.address()), Set.of());
            StringBuilder taken = new StringBuilder();
            store.next("index.json", to("other"));
            http.send(
                    "index.json",
                    4,
                    bytes -> {
                        while (bytes.hasRemaining()) {
                            taken.append((char) bytes.get());
                        }
                        return true;
                    });
            assertThat(taken).hasToString("456789");
            assertThat(store.asked).containsExactly("index.json bytes=4-", "other bytes=4-");

            RoughServer.Turn again = to("index.json");
            store.next("index.json", again, again, again, again, again, again, again);
            assertThatThrownBy(() -> http.send("index.json", 0, bytes -> true))
                    .hasMessageContaining("too many redirects (expected: at most 5");
        }
    }

    private static String read(RoughServer store, Set<String> redirects) throws Exception {
        HttpStore http =
                new HttpStore(URI.create(store.address()), redirects, Duration.ofSeconds(20));
        return new String(http.read("index.json", 100), UTF_8);
    }

    private static RoughServer.Turn to(String location) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }
}
