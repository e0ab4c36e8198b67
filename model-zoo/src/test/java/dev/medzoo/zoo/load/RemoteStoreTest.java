package dev.medzoo.zoo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.TinyArtifact;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.CacheFolder;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.JarStore;
import dev.medzoo.zoo.store.Store;
import dev.medzoo.zoo.store.TestStores;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar and a web server as stores, with the copies that DJL loads from. */
@Tag("slow")
class RemoteStoreTest {
    private static final String CACHE = CacheFolder.PROPERTY;
    private static final ModelReference TINY = ModelReference.parse("tiny");

    private Path root;
    private Path cache;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private FolderStore folder;
    private HttpServer server;
    private String address;

    @BeforeEach
    void start(@TempDir Path models, @TempDir Path copies) throws Exception {
        root = models;
        cache = copies;
        // The engine unpacks its natives into the cache: that must be over before it moves.
        assertThat(Engine.getInstance().getEngineName()).isEqualTo("PyTorch");
        System.setProperty(CACHE, cache.toString());
        folder = TinyArtifact.store(root, "tiny/0.1.0");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/models/", this::answer);
        server.start();
        address = "http://localhost:" + server.getAddress().getPort() + "/models";
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty(CACHE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/models/".length());
        asked.add(path);
        try (exchange) {
            if (path.equals("endless/index.json")) {
                exchange.sendResponseHeaders(200, 0);
                sendForEver(exchange.getResponseBody());
            } else if (Files.isRegularFile(root.resolve(path))) {
                byte[] body = Files.readAllBytes(root.resolve(path));
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } else {
                exchange.sendResponseHeaders(path.startsWith("broken") ? 500 : 404, -1);
            }
        }
    }

    private static void sendForEver(OutputStream body) {
        try {
            while (true) {
                body.write(new byte[1 << 16]);
            }
        } catch (IOException e) {
            // The client hung up, as it should.
        }
    }

    private Path jar() throws IOException {
        Path jar = cache.resolve("medzoo-models.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> below = Files.walk(root)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                zip.putNextEntry(new ZipEntry(JarStore.PREFIX + name));
                zip.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    private static Finding find(Store store) throws Exception {
        try (ZooModel<Image, Finding> model =
                        new MedZoo(store).load(TINY, Image.class, Finding.class);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            return predictor.predict(TinyArtifact.picture().toImage());
        }
    }

    private Path copy() throws Exception {
        return ArtifactCache.folder(VerifiedStore.of(folder).artifact(TINY).digest());
    }

    @Test
    void givesTheSameFindingFromFolderJarAndServer() throws Exception {
        Finding finding = find(folder);
        assertThat(find(Store.open(jar().toString()))).isEqualTo(finding);
        assertThat(find(Store.open("jar:" + jar().toUri() + "!/"))).isEqualTo(finding);
        assertThat(find(Store.open(address))).isEqualTo(finding);
        assertThat(find(Store.open(address + "/"))).isEqualTo(finding);
    }

    @Test
    void fetchesOnlyOnceAndMendsACopyThatIsDamaged() throws Exception {
        Finding finding = find(Store.open(address));
        asked.clear();
        assertThat(find(Store.open(address))).isEqualTo(finding);
        assertThat(asked).containsOnly("index.json");

        Path params = copy().resolve("tiny-0000.params");
        byte[] good = Files.readAllBytes(params);
        Files.write(params, new byte[] {1, 2, 3});
        Files.write(copy().resolve("a.jar"), new byte[] {1});
        assertThat(find(Store.open(address))).isEqualTo(finding);
        assertThat(Files.readAllBytes(params)).isEqualTo(good);
        assertThat(copy().resolve("a.jar")).doesNotExist();
        assertThat(cache).isDirectoryNotContaining("glob:**.fetch");
    }

    @Test
    void refusesWhatAServerOrJarChanged() throws Exception {
        Files.writeString(root.resolve("tiny/0.1.0/synset.txt"), "benign\nmalignanT\n");
        for (Store store : List.of(Store.open(address), Store.open(jar().toString()))) {
            assertThatThrownBy(() -> find(store))
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageStartingWith("synset.txt: sha256 ")
                    .hasMessageEndingWith(" in tiny/0.1.0");
        }
        Files.delete(root.resolve("tiny/0.1.0/synset.txt"));
        for (Store store : List.of(Store.open(address), Store.open(jar().toString()))) {
            assertThatThrownBy(() -> find(store))
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessage("synset.txt: absent (expected: 17 bytes) in tiny/0.1.0");
        }
        assertThat(copy()).doesNotExist();
    }

    @Test
    void refusesAFileTooManyInAJarAndNeverAsksAServerForIt() throws Exception {
        Files.write(root.resolve("tiny/0.1.0/a.jar"), new byte[] {1});
        assertThatThrownBy(() -> find(Store.open(jar().toString())))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("[a.jar]: not in manifest.json");
        find(Store.open(address));
        assertThat(asked).doesNotContain("tiny/0.1.0/a.jar");
        assertThat(copy().resolve("a.jar")).doesNotExist();
    }

    @Test
    void saysWhichAddressAnsweredWhat() {
        assertThatThrownBy(() -> VerifiedStore.of(Store.open(address + "/nowhere")).index())
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(address + "/nowhere/index.json: status 404 (expected: 200)");
        assertThatThrownBy(() -> VerifiedStore.of(Store.open(address + "/broken")).index())
                .isInstanceOf(IOException.class)
                .hasMessage(address + "/broken/index.json: status 500 (expected: 200)");
        assertThatThrownBy(() -> VerifiedStore.of(Store.open(address + "/endless")).index())
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "index.json: more than 4194304 bytes (expected: at most that) in "
                                + address
                                + "/endless/");
        server.stop(0);
        Store impatient = TestStores.online(address, cache, new ArrayList<>());
        assertThatThrownBy(() -> VerifiedStore.of(impatient).index())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        address + "/index.json: no connection (expected: a server that answers)");
    }

    @Test
    void whatIsDamagedInTheCacheIsCalledSoWhenOffline() throws Exception {
        Finding finding = find(TestStores.online(address, cache, new ArrayList<>()));
        Store offline = TestStores.offline(address, cache);
        assertThat(find(offline)).isEqualTo(finding);

        Path synset = copy().resolve("synset.txt");
        byte[] good = Files.readAllBytes(synset);
        Files.writeString(synset, "benign\nmalignanT\n");
        assertThatThrownBy(() -> find(offline))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("synset.txt: sha256 ")
                .hasMessageContaining("; the cached copy " + copy() + " is damaged");
        Files.write(synset, good);
        assertThat(find(offline)).isEqualTo(finding);

        Path index = onlyFile(cache.resolve("stores"), "index.json");
        Files.writeString(index, "{");
        assertThatThrownBy(() -> find(offline))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("; the cached copy " + index.getParent());
        assertThat(find(TestStores.online(address, cache, new ArrayList<>()))).isEqualTo(finding);
    }

    private static Path onlyFile(Path below, String name) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        }
    }

    @Test
    void refusesALocationThatIsNone() {
        for (String location : List.of("", " ", "ftp://host/x", "gs://bucket", "http:///x")) {
            assertThatThrownBy(() -> Store.open(location))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("store: " + location + " (expected: ");
        }
        assertThat(Store.open("C:\\models").toString()).endsWith("C:\\models");
    }

    @Test
    void aJarThatIsNotThereSaysSo() {
        Path absent = root.resolve("absent.jar");
        assertThatThrownBy(() -> VerifiedStore.of(Store.open(absent.toString())).index())
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(absent + ": absent (expected: a jar)");
    }
}
