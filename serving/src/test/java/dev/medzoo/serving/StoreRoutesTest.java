package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's own store, asked for by a client and loaded from by an application. */
@Tag("slow")
class StoreRoutesTest {
    private static final String SYNSET = "/store/" + SKIN + "/1.0.0/synset.txt";
    private static final List<String> LEFT =
            List.of(
                    FOOT + "/9.9.9/private.pem",
                    FOOT + "/9.9.9/manifest.json",
                    FOOT + "/1.0.0/notes.txt",
                    FOOT + "/1.0.0/golden/notes.txt",
                    "other-model/1.0.0/card.json",
                    "signatures/" + "0a".repeat(32) + ".json",
                    "history/" + "0a".repeat(32) + ".json");

    private static RunningServer server;
    private static Path root;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        root = folder.resolve("store");
        StoreCopy.ofWhole(root, SKIN, FOOT).write();
        server =
                RunningServer.with("store=" + root, "workers=1", "store_downloads_per_client=3")
                        .start();
        Files.writeString(folder.resolve("secret.json"), "{}");
        Files.writeString(root.resolve(".lock"), "");
        Path link = root.resolve(FOOT + "/1.0.0/link.json");
        Files.createSymbolicLink(link, folder.resolve("secret.json"));
        Files.createSymbolicLink(root.resolve("linked"), root.resolve(SKIN));
        // What somebody has left in the folders of the store, under names that its own files have.
        Files.createDirectories(root.resolve(FOOT + "/9.9.9"));
        for (String left : LEFT) {
            Files.createDirectories(root.resolve(left).resolve("..").normalize());
            Files.writeString(root.resolve(left), "private");
        }
    }

    @AfterAll
    static void stop() {
        server.server().close();
    }

    @Test
    void anApplicationLoadsFromItWhatItWouldFromTheFolder(@TempDir Path cache) throws Exception {
        System.setProperty(CacheFolder.PROPERTY, cache.toString());
        try {
            String address = "http://127.0.0.1:" + server.address().getPort() + "/store/";
            assertThat(find(address)).isEqualTo(find(root.toString()));
        } finally {
            System.clearProperty(CacheFolder.PROPERTY);
        }
    }

    private static Finding find(String location) throws Exception {
        try (ZooModel<byte[], Finding> model =
                        new MedZoo(Store.open(location))
                                .load(ModelReference.parse(SKIN), byte[].class, Finding.class);
                Predictor<byte[], Finding> predictor = model.newPredictor()) {
            return predictor.predict(DrawnPicture.png(64, 64, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "index.json, application/json, no-cache",
        "pretrained-skin/1.0.0/manifest.json, application/json, 'public, max-age=31536000,"
                + " immutable'",
        "pretrained-skin/1.0.0/golden/drawn-1.png, image/png, 'public, max-age=31536000,"
                + " immutable'",
        "pretrained-skin/1.0.0/pretrained-skin-0000.params, application/octet-stream, 'public,"
                + " max-age=31536000, immutable'"
    })
    void givesFilesAsAWebServerDoes(String path, String type, String caching) throws Exception {
        byte[] file = Files.readAllBytes(root.resolve(path));

        Answer answer = server.get("/store/" + path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo(type);
        assertThat(answer.header("content-length")).isEqualTo(String.valueOf(file.length));
        assertThat(answer.header("etag")).isEqualTo("\"" + Sha256.hex(file) + "\"");
        assertThat(answer.header("cache-control")).isEqualTo(caching);
        assertThat(answer.header("expires")).isEmpty();
        assertThat(answer.body()).isEqualTo(new String(file, StandardCharsets.UTF_8));

        Answer head = server.send("HEAD", "/store/" + path, new byte[0]);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("etag")).isEqualTo(answer.header("etag"));
        assertThat(head.header("content-length")).isEqualTo(answer.header("content-length"));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void givesNothingThatItsIndexDoesNotName() {
        for (String left : LEFT) {
            Answer answer = server.get("/store/" + left);
            assertThat(answer.status()).as(left).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("private");
        }
    }

    @Test
    void givesNoFileThatIsAnotherThanItsManifestSays() throws Exception {
        Path card = root.resolve(FOOT + "/1.0.0/card.json");
        String before = Files.readString(card);
        try {
            Files.writeString(card, before.replace("skin", "feet"));
            assertThat(server.get("/store/" + FOOT + "/1.0.0/card.json").status()).isEqualTo(404);
        } finally {
            Files.writeString(card, before);
        }
        assertThat(server.get("/store/" + FOOT + "/1.0.0/card.json").status()).isEqualTo(200);
    }

    @Test
    void givesAPartAndSaysWhatThereIsBeyondTheEnd() throws Exception {
        String whole = server.get(SYNSET).body();
        Answer part = server.send("GET", SYNSET, new byte[0], "range", "bytes=4-8");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(whole.substring(4, 9));
        assertThat(part.header("content-range")).isEqualTo("bytes 4-8/" + whole.length());

        Answer beyond = server.send("GET", SYNSET, new byte[0], "range", "bytes=999-");
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("content-range")).isEqualTo("bytes */" + whole.length());
        assertThat(beyond.json("/type").asText()).isEqualTo("RangeNotSatisfiableException");

        String[] other = {"range", "bytes=4-8", "if-range", "\"another\""};
        assertThat(server.send("GET", SYNSET, new byte[0], other).body()).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/store",
                "/store/",
                "/store/.lock",
                "/store/secret.json",
                "/store/../secret.json",
                "/store/%2e%2e/secret.json",
                "/store/..%2Fsecret.json",
                "/store/pretrained-skin",
                "/store/pretrained-skin/1.0.0",
                "/store/pretrained-skin/1.0.0/",
                "/store/pretrained-skin/1.0.0/..",
                "/store/pretrained-skin/1.0.0/golden",
                "/store/pretrained-skin/1.0.0/golden/../card.json",
                "/store/pretrained-skin/1.0.0/golden/a/b",
                "/store/pretrained-skin/1.0.0/other/b",
                "/store/pretrained-skin/1.0.0/.hidden",
                "/store/dfu-double-transfer/1.0.0/link.json",
                "/store/pretrained-skin/1.0.0/none.json",
                "/store/pretrained-skin/1.0/card.json",
                "/store/pretrained-skin/1.0.0%2Fcard.json",
                "/store/pretrained-skin/1.0.0/card.json%00",
                "/store/PRETRAINED-SKIN/1.0.0/card.json",
                "/store/linked/1.0.0/card.json",
                "/store/signatures",
                "/store/signatures/notes.json",
                "/store/history/notes.json",
                "/store//index.json",
                "/store/index.json.tmp",
                "/store/model-store\\index.json"
            })
    void givesNothingElse(String path) throws Exception {
        try (Wire wire = new Wire(server)) {
            String response =
                    wire.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").rest();
            assertThat(response).startsWith("HTTP/1.1 404 ");
            assertThat(response).contains("ResourceNotFoundException");
        }
    }

    @Test
    void takesNothing() {
        for (String method : List.of("PUT", "POST", "DELETE", "OPTIONS")) {
            assertThat(server.send(method, SYNSET, new byte[0]).status()).isEqualTo(405);
        }
    }

    /** Clients that ask and do not read hold what they asked for; others are not made to wait. */
    @Test
    void slowReadersTakeNoPlacesButTheirOwn() throws Exception {
        List<Wire> slow = new ArrayList<>();
        String large = SKIN + "/1.0.0/" + SKIN + "-0000.params";
        try {
            for (String from : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")) {
                for (int i = 0; i < 3; i++) {
                    Wire wire = new Wire(from(from));
                    slow.add(wire);
                    wire.send("GET /store/" + large + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    assertThat(wire.head()).startsWith("HTTP/1.1 200 ");
                }
            }
            Answer refused = server.get(SYNSET);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.json("/message").asText())
                    .isEqualTo(
                            "store: 3 files are being sent to this client (expected: fewer than"
                                    + " 3)");
            assertThat(server.get("/ping").status()).isEqualTo(200);
            try (Wire other = new Wire(from("127.0.0.5"))) {
                other.send("GET " + SYNSET + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(other.head()).startsWith("HTTP/1.1 200 ");
            }
        } finally {
            for (Wire wire : slow) {
                wire.close();
            }
        }
        Deadline.await(() -> server.get(SYNSET).status() == 200);
    }

    /** From another address of this machine, and with hardly any room for what is not read. */
    private static Socket from(String address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(600_000);
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(server.address());
        return socket;
    }

    @Test
    void refusesALoadFromAStoreThatHasNoSuchModel() {
        String address = "http://127.0.0.1:" + server.address().getPort() + "/store/none/";
        assertThatThrownBy(() -> new MedZoo(Store.open(address)).index())
                .hasMessage(address + "index.json: status 404 (expected: 200)");
    }
}
