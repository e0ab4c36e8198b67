package dev.medzoo.zoo.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import com.sun.net.httpserver.HttpExchange;
import dev.medzoo.zoo.format.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link CachedStore} makes of a web server that misbehaves. */
@Tag("jdk")
class CachedStoreTest {
    private static final String FILE = "a/1.0.0/f";
    private static final int SIZE = 100_000;

    private final byte[] bytes = new byte[SIZE];
    private final List<Duration> waits = new ArrayList<>();
    private final List<Long> arrived = new ArrayList<>();
    private Path root;
    private Path cache;
    private Path part;
    private RoughServer server;
    private CachedStore store;

    @BeforeEach
    void start(@TempDir Path files, @TempDir Path copies) throws IOException {
        new Random(7).nextBytes(bytes);
        root = files;
        cache = copies;
        part = cache.resolve("x.part");
        Files.createDirectories(root.resolve("a/1.0.0"));
        Files.write(root.resolve(FILE), bytes);
        Files.writeString(root.resolve("index.json"), "{}");
        server = new RoughServer(root);
        store = TestStores.online(server.address(), cache, waits);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void fetch() throws IOException, MalformedModelException {
        store.fetch("a/1.0.0", "f", SIZE, Sha256.hex(bytes), part, arrived::add);
    }

    @Test
    void goesOnFromTheByteItHadAfterEachCut() throws Exception {
        server.next(
                FILE,
                RoughServer.cutAfter(40_000),
                RoughServer.cutAfter(0),
                RoughServer.cutAfter(50_000));
        fetch();
        assertThat(Files.readAllBytes(part)).isEqualTo(bytes);
        assertThat(server.asked)
                .containsExactly(
                        FILE,
                        FILE + " bytes=40000-",
                        FILE + " bytes=40000-",
                        FILE + " bytes=90000-");
        assertThat(arrived).isSorted().endsWith((long) SIZE);
        assertThat(waits).hasSize(3);
    }

    @Test
    void goesOnFromWhatAnotherProcessLeft() throws Exception {
        Files.write(part, Arrays.copyOf(bytes, 70_000));
        fetch();
        assertThat(Files.readAllBytes(part)).isEqualTo(bytes);
        assertThat(server.asked).containsExactly(FILE + " bytes=70000-");
    }

    @Test
    void takesAServerThatKnowsNoRanges() throws Exception {
        server.next(FILE, RoughServer.cutAfter(30_000), RoughServer::whole);
        fetch();
        assertThat(Files.readAllBytes(part)).isEqualTo(bytes);
        assertThat(server.asked).containsExactly(FILE, FILE + " bytes=30000-");
    }

    @Test
    void throwsAWrongPartAwayAndBeginsOnceMore() throws Exception {
        Files.write(part, new byte[60_000]);
        fetch();
        assertThat(Files.readAllBytes(part)).isEqualTo(bytes);
        assertThat(server.asked).containsExactly(FILE + " bytes=60000-", FILE);
    }

    @Test
    void beginsAgainWhereAServerCannotGoOn() throws Exception {
        server.next(FILE, RoughServer.cutAfter(10), RoughServer.status(416, ""));
        fetch();
        assertThat(server.asked).containsExactly(FILE, FILE + " bytes=10-", FILE);
        Files.write(part, Arrays.copyOf(bytes, 10));
        server.next(
                FILE,
                (exchange, file) -> {
                    exchange.getResponseHeaders().set("Content-Range", "bytes 11-/*");
                    exchange.sendResponseHeaders(206, file.length - 11);
                    exchange.getResponseBody().write(file, 11, file.length - 11);
                });
        fetch();
        assertThat(Files.readAllBytes(part)).isEqualTo(bytes);
    }

    /** Nobody asked it to, but some servers pack whatever they send. */
    @Test
    void unpacksWhatAServerPacked() throws Exception {
        RoughServer.Turn gzip = (exchange, file) -> pack(exchange, file, "gzip");
        RoughServer.Turn deflate = (exchange, file) -> pack(exchange, file, "deflate");
        server.next("index.json", gzip, deflate);
        for (int i = 0; i < 2; i++) {
            assertThat(new String(store.read("index.json", 100), UTF_8)).isEqualTo("{}");
        }
        server.next(FILE, RoughServer.cutAfter(40_000), gzip, gzip);
        fetch();
        assertThat(Files.readAllBytes(part)).isEqualTo(bytes);

        Files.write(root.resolve("index.json"), new byte[50_000_000]);
        server.next("index.json", gzip);
        assertThatThrownBy(() -> store.read("index.json", 100))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("more than 100 bytes");
        server.next("index.json", (exchange, file) -> pack(exchange, file, "br"));
        assertThatThrownBy(() -> store.read("index.json", 100))
                .hasMessage("content-encoding: br (expected: none, gzip or deflate)");
    }

    private static void pack(HttpExchange exchange, byte[] file, String coding) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out =
                coding.equals("deflate")
                        ? new DeflaterOutputStream(packed)
                        : new GZIPOutputStream(packed)) {
            out.write(file);
        }
        exchange.getResponseHeaders().set("Content-Encoding", coding);
        RoughServer.whole(exchange, packed.toByteArray());
    }

    @Test
    void refusesAnotherFileAfterTheSecondTime() throws Exception {
        bytes[SIZE / 2]++;
        assertThatThrownBy(this::fetch)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("f: sha256 ")
                .hasMessageEndingWith(" in a/1.0.0");
        assertThat(server.asked).containsExactly(FILE, FILE);
        assertThat(part).doesNotExist();
    }

    @Test
    void readsNoMoreOfAnEndlessFileThanItMay() {
        RoughServer.Turn endless =
                (exchange, file) -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (true) {
                        exchange.getResponseBody().write(file);
                    }
                };
        server.next(FILE, endless, endless).next("index.json", endless);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("f: more than 100000 bytes (expected: that many) in a/1.0.0");
        assertThat(arrived).allMatch(length -> length <= SIZE + 1);
        assertThat(part).doesNotExist();
        assertThatThrownBy(() -> store.read("index.json", 1000))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("index.json: more than 1000 bytes");
    }

    @Test
    void triesAFileThatEndsEarlyNoMoreThanItShould() {
        RoughServer.Turn early =
                (exchange, file) -> {
                    exchange.sendResponseHeaders(200, 50);
                    exchange.getResponseBody().write(file, 0, 50);
                };
        RoughServer.Turn[] turns = new RoughServer.Turn[20];
        Arrays.fill(turns, early);
        server.next(FILE, turns);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "a/1.0.0/f: ended after 50 bytes (expected: 100000) in "
                                + server.address()
                                + ", tried ");
        assertThat(server.asked).hasSize(Retry.MOST);
    }

    @Test
    void takesAFileThatIsThereThoughItsLengthWasALie() throws Exception {
        server.next(
                FILE,
                (exchange, file) -> {
                    exchange.sendResponseHeaders(200, 2L * SIZE);
                    exchange.getResponseBody().write(file);
                });
        fetch();
        assertThat(Files.readAllBytes(part)).isEqualTo(bytes);
        assertThat(waits).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void comesBackToABusyServerWhenItSays(int status) throws Exception {
        Instant past = Instant.EPOCH;
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(past.atOffset(ZoneOffset.UTC));
        server.next(
                "index.json",
                RoughServer.status(status, "9"),
                RoughServer.status(status, "999999999999"),
                RoughServer.status(status, date));
        assertThat(store.read("index.json", 9)).asString().isEqualTo("{}");
        assertThat(waits).hasSize(3).startsWith(Duration.ofSeconds(9));
        assertThat(waits.get(2)).isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 500, 501})
    void asksOnlyOnceWhatWasRefused(int status) {
        server.next("index.json", RoughServer.status(status, "1"));
        assertThatThrownBy(() -> store.read("index.json", 9))
                .isInstanceOf(status == 404 ? FileNotFoundException.class : IOException.class)
                .hasMessage(
                        "%sindex.json: status %d (expected: 200)%s",
                        server.address(),
                        status,
                        status == 401 || status == 403 ? ", asked with no credentials" : "");
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void givesUpOnAServerThatIsSilent() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        server.next("index.json", (exchange, file) -> never.await());
        store =
                new CachedStore(
                        new HttpStore(
                                URI.create(server.address()), Set.of(), Duration.ofMillis(200)),
                        cache,
                        false,
                        TestStores.time(waits));
        assertThat(store.read("index.json", 9)).asString().isEqualTo("{}");
        assertThat(waits).hasSize(1);
    }

    @Test
    void offlineItGivesWhatItReadLastAndAsksNobody() throws Exception {
        store.read("index.json", 9);
        Files.writeString(root.resolve("index.json"), "[]");
        store.read("index.json", 9);
        server.asked.clear();
        CachedStore offline = TestStores.offline(server.address(), cache);
        assertThat(offline.read("index.json", 9)).asString().isEqualTo("[]");
        assertThatThrownBy(() -> offline.read("card.json", 9))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "card.json: offline, and not in the cache (expected: fetched before) from "
                                + server.address());
        assertThatThrownBy(() -> offline.fetch("a/1.0.0", "f", 1, "0".repeat(64), part, any -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a/1.0.0/f: offline, and not in the cache");
        assertThat(server.asked).isEmpty();
        server.close();
        String other = server.address() + "other/";
        assertThatThrownBy(() -> TestStores.offline(other, cache).read("index.json", 9))
                .hasMessageEndingWith("from " + other);
    }

    @Test
    void forgetsACopyOfWhatIsGone() throws Exception {
        store.read(FILE, SIZE);
        Files.delete(root.resolve(FILE));
        assertThatThrownBy(() -> store.read(FILE, SIZE)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> TestStores.offline(server.address(), cache).read(FILE, SIZE))
                .hasMessageContaining("not in the cache");
    }
}
