package dev.medzoo.registry.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.registry.StoreArchive;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class OciTarTest {
    private static final Path MODELS = Path.of("../model-store").toAbsolutePath().normalize();

    private static Path models;

    private Path spool;
    private TinyStore tiny;

    @BeforeAll
    static void packModels(@TempDir Path temporary) throws Exception {
        models = temporary.resolve("models.tar");
        new StoreArchive(models).write(new FolderStore(MODELS));
    }

    @BeforeEach
    void makeStore(@TempDir Path temporary) throws Exception {
        spool = Files.createDirectory(temporary.resolve("spool"));
        tiny = new TinyStore(temporary.resolve("store"));
    }

    private SortedMap<String, Path> read(byte[] tar) throws Exception {
        return OciTar.read(new ByteArrayInputStream(tar), "a.tar", spool);
    }

    @Test
    void thePublishedStoreComesOutAsItWentIn() throws Exception {
        SortedMap<String, Path> files = read(Files.readAllBytes(models));
        Set<String> expected = new HashSet<>(new FolderStore(MODELS).list("").orElseThrow());
        expected.removeIf(path -> path.endsWith("/"));
        expected.removeAll(Set.of("pom.xml", "README.md"));
        expected.removeIf(path -> path.startsWith("target/") || path.equals(".lock"));
        expected.removeIf(path -> path.startsWith("signatures/"));
        byte[] index = Files.readAllBytes(MODELS.resolve(StoreIndex.FILE));
        expected.add(StoreIndex.signaturePath(index));
        assertThat(files.keySet()).containsExactlyInAnyOrderElementsOf(expected);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            assertThat(Files.mismatch(file.getValue(), MODELS.resolve(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(-1);
        }
    }

    @Test
    void signaturesAndHistoryTravelAlong() throws Exception {
        SortedMap<String, Path> files = read(tiny.tar());
        assertThat(files).containsKeys("index.json", "tiny/0.1.0/manifest.json").hasSize(13);
        assertThat(files.keySet()).containsAll(tiny.beside);
        for (Map.Entry<String, Path> file : files.entrySet()) {
            assertThat(file.getValue()).hasSameBinaryContentAs(tiny.root.resolve(file.getKey()));
        }
    }

    @Test
    void theSameStoreGivesTheSameBytes() throws Exception {
        Path again = spool.resolveSibling("models.tar");
        new StoreArchive(again).write(new FolderStore(MODELS));
        assertThat(Files.mismatch(models, again)).isEqualTo(-1);
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        List<String> turned = List.of(tiny.beside.get(2), tiny.beside.get(1), tiny.beside.get(0));
        List<IndexEntry> twice = List.of(tiny.version, tiny.version);
        OciTar.write(tiny.store, tiny.index, twice, turned, other);
        assertThat(other.toByteArray()).isEqualTo(tiny.tar());
    }

    @Test
    void revokedVersionsStayBehindUnlessChosen() throws Exception {
        String json = new String(tiny.index, UTF_8).replace("null", "\"labels were swapped\"");
        StoreIndex index =
                Json.read(json.getBytes(UTF_8), StoreIndex.class, StoreIndex.FILE, "here");
        assertThat(OciTar.usable(index)).isEmpty();
    }

    @Test
    void anyOrderAndTheFoldersThemselvesAreRead() throws Exception {
        Map<String, byte[]> turned = new TreeMap<>(Tar.entries(tiny.tar()));
        turned.put("blobs/", new byte[0]);
        turned.put("blobs/sha256/", new byte[0]);
        assertThat(read(Tar.of(turned))).hasSize(13);
    }

    @Test
    void otherToolsReadIt() throws Exception {
        Path tar = Files.write(spool.resolve("a.tar"), tiny.tar());
        List<String> listing = run("tar", "tvf", tar.toString());
        assertThat(listing)
                .hasSize(Tar.entries(tiny.tar()).size())
                .allMatch(line -> line.matches("-rw-r--r-- 0/0 +\\d+ 1970-01-01 00:00 .*"));
        run("tar", "xf", tar.toString(), "-C", spool.toString());
        try (var blobs = Files.list(spool.resolve("blobs/sha256"))) {
            for (Path blob : blobs.toList()) {
                assertThat(run("sha256sum", blob.toString()).get(0))
                        .startsWith(blob.getFileName().toString());
            }
        }
    }

    private static List<String> run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    @Test
    void itIsAnOciImageLayout() throws Exception {
        Map<String, byte[]> entries = Tar.entries(tiny.tar());
        ObjectMapper mapper = new ObjectMapper();
        assertThat(mapper.readTree(entries.get("oci-layout")))
                .hasToString("{\"imageLayoutVersion\":\"1.0.0\"}");
        JsonNode index = mapper.readTree(entries.get("index.json"));
        assertThat(index.at("/mediaType").asText())
                .isEqualTo("application/vnd.oci.image.index.v1+json");
        JsonNode version = index.at("/manifests/0");
        assertThat(version.at("/annotations/org.opencontainers.image.ref.name").asText())
                .isEqualTo("tiny:0.1.0");
        assertThat(version.at("/artifactType").asText())
                .isEqualTo("application/vnd.medzoo.artifact.v1");
        String hex = Sha256.hexOf(version.at("/digest").asText());
        JsonNode manifest = mapper.readTree(entries.get("blobs/sha256/" + hex));
        assertThat(manifest.at("/config"))
                .hasToString(
                        "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"sha256:"
                                + "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
                                + "\",\"size\":2}");
        assertThat(manifest.at("/layers")).hasSize(10);
        assertThat(index.at("/manifests/1/artifactType").asText())
                .isEqualTo("application/vnd.medzoo.store.v1");
    }

    @Test
    void refusesToWriteWhatIsNotWhatTheIndexNames() throws Exception {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Files.writeString(tiny.root.resolve("tiny/0.1.0/synset.txt"), "other\n");
        assertThatThrownBy(tiny::tar)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("tiny/0.1.0/synset.txt: ")
                .hasMessageEndingWith(" in " + tiny.root);
        Files.writeString(tiny.root.resolve("tiny/0.1.0/manifest.json"), "{}");
        assertThatThrownBy(tiny::tar)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("manifest.json: sha256:")
                .hasMessageEndingWith(" in tiny/0.1.0");
        assertThatThrownBy(
                        () ->
                                OciTar.write(
                                        tiny.store,
                                        tiny.index,
                                        List.of(),
                                        List.of("history/x.json"),
                                        nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "path: history/x.json (expected: index.json, signatures/… or history/…)");
    }

    @Test
    void aMediumThatFailsIsNoMalformedTar() throws Exception {
        byte[] tar = tiny.tar();
        IOException full = new IOException("No space left on device");
        OutputStream failing =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw full;
                    }
                };
        assertThatThrownBy(
                        () -> OciTar.write(tiny.store, tiny.index, List.of(), List.of(), failing))
                .isSameAs(full);
        Files.delete(spool);
        assertThatThrownBy(() -> read(tar)).isInstanceOf(IOException.class);
    }
}
