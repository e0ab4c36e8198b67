package dev.medzoo.zoo.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.ModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.TinyArtifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedArtifactTest {
    private static final ModelReference TINY = ModelReference.parse("tiny");
    private static final String WHERE = " in tiny/0.1.0";

    private Path root;
    private Path folder;
    private FolderStore store;

    @BeforeEach
    void publish(@TempDir Path models) throws Exception {
        root = models;
        store = TinyArtifact.store(root, "tiny/0.1.0");
        folder = root.resolve("tiny/0.1.0");
    }

    private void assertRefused(String message) {
        ThrowingCallable load = () -> VerifiedStore.of(store).artifact(TINY).content();
        assertThatThrownBy(load)
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(message + WHERE);
    }

    /** Makes manifest and index agree with whatever the folder's files are now. */
    private void signAgain(Map<String, byte[]> files) throws IOException, ModelException {
        signAgain(Manifest.of(files).toBytes());
    }

    private void signAgain(byte[] manifest) throws IOException, ModelException {
        StoreIndex before = VerifiedStore.of(store).index();
        Files.write(folder.resolve("manifest.json"), manifest);
        Path index = root.resolve("index.json");
        String next =
                Files.readString(index)
                        .replace(before.resolve(TINY).digest(), Sha256.digest(manifest))
                        .replace(
                                "\"serial\" : " + before.serial(),
                                "\"serial\" : " + (before.serial() + 1));
        Files.writeString(index, next);
    }

    private Map<String, byte[]> files() throws IOException, MalformedModelException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String path : store.list("tiny/0.1.0/").orElseThrow()) {
            if (!path.endsWith("/") && !path.equals("manifest.json")) {
                files.put(path, store.read("tiny/0.1.0/" + path, 1 << 20));
            }
        }
        return files;
    }

    private void replace(String path, byte[] content) throws Exception {
        Files.write(folder.resolve(path), content);
        signAgain(files());
    }

    @Test
    void readsWhatWasPublished() throws Exception {
        VerifiedArtifact artifact = VerifiedStore.of(store).artifact(TINY);
        assertThat(artifact.content().artifact().reading().labels()).isEqualTo(TinyArtifact.LABELS);
        assertThat(artifact.content().manifest()).isEqualTo(artifact.manifest());
        assertThat(artifact.digest()).isEqualTo(artifact.manifest().digest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny-0000.params",
                "serving.properties",
                "artifact.json",
                "card.json",
                "synset.txt",
                "golden/golden.json",
                "golden/disc.png",
                "golden/disc.f32"
            })
    void refusesAFileThatChangedOrIsGone(String path) throws Exception {
        Path file = folder.resolve(path);
        byte[] good = Files.readAllBytes(file);
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 1;
        Files.write(file, flipped);
        assertRefused(
                "%s: sha256 %s (expected: %s)"
                        .formatted(path, Sha256.hex(flipped), Sha256.hex(good)));

        Files.write(file, Arrays.copyOf(good, good.length - 1));
        assertRefused("%s: %d bytes (expected: %d)".formatted(path, good.length - 1, good.length));

        Files.delete(file);
        assertRefused("%s: absent (expected: %d bytes)".formatted(path, good.length));
    }

    @Test
    void refusesAManifestThatChangedOrIsGone() throws Exception {
        Path manifest = folder.resolve("manifest.json");
        byte[] good = Files.readAllBytes(manifest);
        byte[] more = (Files.readString(manifest) + " ").getBytes(UTF_8);
        Files.write(manifest, more);
        assertRefused(
                "manifest.json: %s (expected: %s)"
                        .formatted(Sha256.digest(more), Sha256.digest(good)));
        signAgain(more);
        assertRefused("manifest.json: not in canonical form (expected: as medzoo writes it)");
        Files.delete(manifest);
        assertRefused("manifest.json: absent (expected: a manifest)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.jar", "Model.class", "run.sh", ".hidden", "golden/x.png", "model.pt"})
    void refusesAFileThatTheManifestDoesNotName(String path) throws Exception {
        Files.write(folder.resolve(path), new byte[] {1});
        assertRefused("[%s]: not in manifest.json (expected: only what it names)".formatted(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jar", "classes", "deps", "tiny-0001.params", "golden-x"})
    void refusesAFileThatAnArtifactMayNotHold(String path) throws Exception {
        replace(path, new byte[] {1});
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY).content())
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(path + ": not a file of an artifact (expected: ")
                .hasMessageEndingWith(WHERE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".DS_Store",
                "golden/.DS_Store",
                "Thumbs.db",
                "desktop.ini",
                ".nfs000000000012a4f700000003",
                "._card.json",
                "@eaDir/card.json@SynoEAStream"
            })
    void passesOverWhatFileSystemsLeaveAndCarriesItNowhere(String path, @TempDir Path candidate)
            throws Exception {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.write(folder.resolve(path), new byte[] {1});
        ArtifactContent content = VerifiedStore.of(store).artifact(TINY).content();
        assertThat(content.files()).doesNotContainKey(path);

        content.writeTo(candidate);
        Files.delete(candidate.resolve("manifest.json"));
        Files.createDirectories(candidate.resolve(path).getParent());
        Files.write(candidate.resolve(path), new byte[] {1});
        assertThat(ArtifactContent.ofCandidate(candidate).manifest()).isEqualTo(content.manifest());
    }

    @ParameterizedTest
    @ValueSource(strings = {".nfsx", "DS_Store", "Thumbs.db.jar", "golden/desktop.ini.png"})
    void whatOnlyLooksLikeItIsRefused(String path) throws Exception {
        Files.write(folder.resolve(path), new byte[] {1});
        assertRefused("[%s]: not in manifest.json (expected: only what it names)".formatted(path));
    }

    @Test
    void refusesAFolderThatAnArtifactDoesNotHave() throws Exception {
        Files.createDirectory(folder.resolve("classes"));
        assertRefused("[classes/]: not in manifest.json (expected: only what it names)");
    }

    @Test
    void refusesSymbolicLinks() throws Exception {
        Path elsewhere = Files.write(root.resolve("elsewhere"), new byte[0]);
        Path card = folder.resolve("card.json");
        Files.copy(card, elsewhere, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(card);
        Files.createSymbolicLink(card, elsewhere);
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY).content())
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "tiny/0.1.0/card.json: a link or no file (expected: a plain file) in "
                                + root);

        Files.delete(card);
        Files.move(elsewhere, card);
        Files.move(folder, root.resolve("tiny/moved"));
        Files.createSymbolicLink(folder, root.resolve("tiny/moved"));
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("tiny/0.1.0/manifest.json: a link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../card.json", "/etc/passwd", "golden/../../x", "golden\\\\x"})
    void refusesAPathThatLeadsOut(String path) throws Exception {
        String manifest = Files.readString(folder.resolve("manifest.json"));
        signAgain(manifest.replace("card.json", path).getBytes(UTF_8));
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "manifest.json: path: "
                                + path.replace("\\\\", "\\")
                                + " (expected: a file inside the artifact's folder)"
                                + WHERE);
    }

    @Test
    void refusesAClassOfSomebodyElse() throws Exception {
        String good = Files.readString(folder.resolve("serving.properties"));
        replace(
                "serving.properties",
                good.replace("dev.medzoo.zoo.DcnnBlockFactory", "evil.Factory").getBytes(UTF_8));
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY).content())
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("serving.properties: {application=")
                .hasMessageContaining("blockFactory=evil.Factory")
                .hasMessageContaining("(expected: {application=")
                .hasMessageContaining("blockFactory=dev.medzoo.zoo.DcnnBlockFactory");

        replace("serving.properties", (good + "translator=evil.Translator\n").getBytes(UTF_8));
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY).content())
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("translator=evil.Translator");
    }

    @Test
    void takesNumbersForServersAndNothingElse() throws Exception {
        String good = Files.readString(folder.resolve("serving.properties"));
        replace("serving.properties", (good + "batch_size=4\ncpu.maxWorkers=2\n").getBytes(UTF_8));
        assertThat(new MedZoo(store).servingNumbers(TINY))
                .isEqualTo(Map.of("batch_size", 4, "cpu.maxWorkers", 2));
        assertThat(VerifiedStore.of(store).artifact(TINY).content().artifact().name())
                .isEqualTo(TINY.name());

        for (String bad : List.of("batch_size=many", "batch_size=-1", "engine.batch_size=1")) {
            replace("serving.properties", (good + bad + "\n").getBytes(UTF_8));
            assertThatThrownBy(() -> new MedZoo(store).servingNumbers(TINY))
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageContaining(bad.replaceFirst("=.*", "="));
        }
    }

    @Test
    void refusesFilesThatContradictEachOther() throws Exception {
        byte[] synset = Files.readAllBytes(folder.resolve("synset.txt"));
        replace("synset.txt", "malignant\nbenign\n".getBytes(UTF_8));
        assertRefused("synset.txt: other labels (expected: [benign, malignant], one a line)");
        replace("synset.txt", synset);

        byte[] card = Files.readAllBytes(folder.resolve("card.json"));
        replace("card.json", new String(card, UTF_8).replace("0.1.0", "0.3.0").getBytes(UTF_8));
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY).content())
                .hasMessageStartingWith("card.json: tiny 0.3.0, ")
                .hasMessageContaining("(expected: the name, version and network of artifact.json)");
        replace("card.json", card);

        String artifact = Files.readString(folder.resolve("artifact.json"));
        replace(
                "artifact.json",
                artifact.replace("\"classes\" : 2", "\"classes\" : 3").getBytes(UTF_8));
        assertRefused("artifact.json: network.classes: 3 (expected: one per label, 2)");
        replace(
                "artifact.json",
                artifact.replace("\"name\" : \"tiny\"", "\"name\" : \"a\"").getBytes(UTF_8));
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY).content())
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("tiny-0000.params: not a file of an artifact");
    }

    @Test
    void refusesAnotherVersionInItsPlace() throws Exception {
        Files.move(folder, root.resolve("tiny/0.2.0"));
        Path index = root.resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("0.1.0", "0.2.0"));
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(TINY).content())
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(
                        "artifact.json: tiny/0.1.0 (expected: the index's name and version)"
                                + " in tiny/0.2.0");
    }

    @Test
    void saysWhichModelsThereAre() {
        assertThatThrownBy(() -> VerifiedStore.of(store).artifact(ModelReference.parse("eye")))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("model: eye (expected one of: [tiny])");
    }
}
