package dev.medzoo.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.ModelIdentity;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.StoreIndex;
import dev.medzoo.zoo.Version;
import dev.medzoo.zoo.store.FolderStore;
import java.io.FileNotFoundException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
    private Path store;
    private Path candidates;
    private Publisher publisher;
    private MedZoo zoo;

    @BeforeEach
    void makeRoom(@TempDir Path folder) {
        store = folder.resolve("store");
        candidates = folder.resolve("candidates");
        publisher = new Publisher(store);
        zoo = new MedZoo(new FolderStore(store));
    }

    private Path candidate(String version) throws Exception {
        return TinyCandidate.write(candidates.resolve(version), version);
    }

    private static ModelReference tiny(String version) {
        return ModelReference.parse("tiny/" + version);
    }

    @Test
    void whatItPublishesCanBeLoadedUnderTheIdentityItGives() throws Exception {
        ModelIdentity identity = publisher.publish(candidate("0.1.0"));
        assertThat(identity.name()).isEqualTo("tiny");
        assertThat(zoo.identity(ModelReference.parse("tiny"))).isEqualTo(identity);
        try (ZooModel<Image, Classifications> model =
                zoo.load(ModelReference.parse("tiny"), Image.class, Classifications.class)) {
            assertThat(model.getProperty("medzoo.digest")).isEqualTo(identity.digest());
        }
        assertThat(zoo.index().serial()).isEqualTo(1);
        assertThat(store.resolve("tiny")).isDirectoryNotContaining("glob:**/.tmp-*");
    }

    @Test
    void refusesToOverwriteAVersion() throws Exception {
        ModelIdentity first = publisher.publish(candidate("0.1.0"));
        Path other = TinyCandidate.write(candidates.resolve("other"), "0.1.0");
        TinyCandidate.writeWeights(other, TinyCandidate.network(), 99);
        assertThatThrownBy(() -> publisher.publish(other))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(
                        "version: 0.1.0 of tiny is published (expected: none of [0.1.0]) in "
                                + store);
        assertThat(zoo.identity(ModelReference.parse("tiny"))).isEqualTo(first);
        assertThat(zoo.index().serial()).isEqualTo(1);
    }

    @Test
    void stableStaysAtAHigherVersion() throws Exception {
        publisher.publish(candidate("0.2.0"));
        publisher.publish(candidate("0.1.1"));
        assertThat(zoo.identity(ModelReference.parse("tiny")).version()).isEqualTo("0.2.0");
        publisher.publish(candidate("0.10.0"));
        assertThat(zoo.identity(ModelReference.parse("tiny")).version()).isEqualTo("0.10.0");
        assertThat(zoo.index().usable("tiny"))
                .containsExactly(new Version(0, 1, 1), new Version(0, 2, 0), new Version(0, 10, 0));
        assertThat(zoo.index().serial()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TinyCandidate.WEIGHTS,
                "serving.properties",
                "card.json",
                "synset.txt",
                "golden/golden.json",
                "golden/grey.png",
                "golden/grey.f32"
            })
    void refusesACandidateThatLacksAFile(String path) throws Exception {
        Path candidate = candidate("0.1.0");
        Files.delete(candidate.resolve(path));
        assertThatThrownBy(() -> publisher.publish(candidate))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(path + ": absent (expected: a file) in " + candidate);
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jar", "manifest.json", ".secret", "tiny-0001.params", "libs/x"})
    void refusesACandidateThatHoldsAnythingElse(String path) throws Exception {
        Path candidate = candidate("0.1.0");
        Files.createDirectories(candidate.resolve(path).getParent());
        Files.write(candidate.resolve(path), new byte[] {1});
        assertThatThrownBy(() -> publisher.publish(candidate))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining(": not a file of an artifact (expected: ")
                .hasMessageEndingWith(" in " + candidate);
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "artifact.json | \"tiny\" | \"../tiny\" | artifact.json: name: ../tiny (expected",
                "artifact.json | \"0.1.0\" | \"latest\" | artifact.json: version: latest (expected",
                "artifact.json | \"classes\" : 2 | \"classes\" : 3 | artifact.json: network.classes",
                "artifact.json | \"format\" : 2 | \"format\" : 3 | artifact.json: format: 3",
                "artifact.json | \"parent\" | \"mother\" | artifact.json: Unrecognized field",
                "serving.properties | dev.medzoo.zoo.Dcnn | evil.Dcnn | serving.properties: {",
                "serving.properties | PyTorch | Python | serving.properties: {",
                "synset.txt | benign | malign | synset.txt: other labels (expected: [benign",
                "card.json | \"0.1.0\" | \"0.2.0\" | card.json: tiny 0.2.0",
                "golden/golden.json | 1.0E-4 | 1.0 | golden/golden.json: tolerance: 1.0 (expected",
                "golden/golden.json | grey.png | ../card.json | golden/../card.json: absent",
            })
    void refusesACandidateWhoseFilesAreWrong(String file, String good, String bad, String reason)
            throws Exception {
        Path candidate = candidate("0.1.0");
        Path path = candidate.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(good);
        Files.writeString(path, text.replace(good, bad));
        assertThatThrownBy(() -> publisher.publish(candidate))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(reason)
                .hasMessageEndingWith(" in " + candidate);
    }

    @Test
    void refusesWeightsOfAnotherNetwork() throws Exception {
        Path candidate = candidate("0.1.0");
        TinyCandidate.writeWeights(candidate, TinyCandidate.network().withClasses(4), 0);
        assertThatThrownBy(() -> publisher.publish(candidate))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("is (4, 2) (expected: (2, 2))")
                .hasMessageEndingWith(" in " + candidate);
    }

    @Test
    void refusesAFolderThatIsNoCandidate() {
        assertThatThrownBy(() -> publisher.publish(candidates.resolve("absent")))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(
                        "artifact.json: absent (expected: a file) in "
                                + candidates.resolve("absent"));
    }

    @Test
    void whatAKilledPublishLeftBehindDoesNotMatter() throws Exception {
        publisher.publish(candidate("0.1.0"));
        Path half = Files.createDirectories(store.resolve("tiny/.tmp-0.2.0"));
        Files.write(half.resolve("half.params"), new byte[] {1});
        Path unnamed = Files.createDirectories(store.resolve("tiny/0.2.0"));
        Files.write(unnamed.resolve("half.params"), new byte[] {1});
        Files.write(store.resolve(".index.json.tmp"), "{".getBytes(UTF_8));

        ModelIdentity identity = publisher.publish(candidate("0.2.0"));
        assertThat(zoo.identity(tiny("0.2.0"))).isEqualTo(identity);
        assertThat(zoo.artifact(tiny("0.2.0")).version()).isEqualTo(new Version(0, 2, 0));
        assertThat(half).doesNotExist();
        assertThat(unnamed.resolve("half.params")).doesNotExist();
        assertThat(store.resolve(".index.json.tmp")).doesNotExist();
    }

    @Test
    void neverStartsALostIndexAnew() throws Exception {
        publisher.publish(candidate("0.1.0"));
        Files.delete(store.resolve(StoreIndex.FILE));
        assertThatThrownBy(() -> publisher.publish(candidate("0.2.0")))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage("index.json: absent (expected: a file) in " + store);
        Files.writeString(store.resolve(StoreIndex.FILE), "garbage");
        assertThatThrownBy(() -> publisher.publish(candidates.resolve("0.2.0")))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("index.json: Unrecognized token 'garbage'");
        assertThat(store.resolve("tiny/0.2.0")).doesNotExist();
    }

    @Test
    void manyAtOnceLoseNothing() throws Exception {
        List<Path> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(candidate("0.1." + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<ModelIdentity>> published = new ArrayList<>();
            for (Path candidate : all) {
                published.add(threads.submit(() -> publisher.publish(candidate)));
            }
            for (Future<ModelIdentity> one : published) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(zoo.index().usable("tiny")).hasSize(8);
        assertThat(zoo.index().serial()).isEqualTo(8);
        assertThat(zoo.identity(ModelReference.parse("tiny")).version()).isEqualTo("0.1.7");
    }
}
