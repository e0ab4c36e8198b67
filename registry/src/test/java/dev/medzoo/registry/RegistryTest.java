package dev.medzoo.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.finding.ModelIdentity;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import java.io.FileNotFoundException;
import java.io.IOException;
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

class RegistryTest {
    private Path store;
    private Path candidates;
    private Registry registry;
    private MedZoo zoo;

    @BeforeEach
    void makeRoom(@TempDir Path folder) {
        store = folder.resolve("store");
        candidates = folder.resolve("candidates");
        registry = TinyStore.registry(store);
        zoo = new MedZoo(new FolderStore(store));
    }

    private Path candidate(String version) throws Exception {
        return TinyCandidate.write(candidates.resolve(version), version);
    }

    private ModelIdentity publish(Path candidate) throws Exception {
        return registry.publish(ArtifactContent.ofCandidate(candidate)).identity();
    }

    private static ModelReference tiny(String version) {
        return ModelReference.parse("tiny/" + version);
    }

    private Version pointedAt(String alias) throws Exception {
        return zoo.index().resolve(ModelReference.parse("tiny@" + alias)).version();
    }

    @Test
    void whatIsPublishedCanBeLoadedUnderItsIdentity() throws Exception {
        ModelIdentity identity = publish(candidate("0.1.0"));
        assertThat(identity.name()).isEqualTo("tiny");
        ModelReference published = ModelReference.parse("tiny@candidate");
        assertThat(zoo.identity(published)).isEqualTo(identity);
        try (ZooModel<Image, Classifications> model =
                zoo.load(published, Image.class, Classifications.class)) {
            assertThat(model.getProperty("medzoo.digest")).isEqualTo(identity.digest());
        }
        assertThat(zoo.index().serial()).isEqualTo(1);
        assertThat(new GarbageCollector(new WritableFolderStore(store), false).find()).isEmpty();
        assertThat(Verification.all(new FolderStore(store))).allMatch(Verification.Line::good);
    }

    @Test
    void refusesToOverwriteAVersion() throws Exception {
        ModelIdentity first = publish(candidate("0.1.0"));
        Path other = TinyCandidate.write(candidates.resolve("other"), "0.1.0");
        TinyCandidate.writeWeights(other, TinyCandidate.network(), 99);
        assertThatThrownBy(() -> publish(other))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(
                        "version: 0.1.0 of tiny is published (expected: none of [0.1.0]) in "
                                + store);
        assertThat(zoo.identity(tiny("0.1.0"))).isEqualTo(first);
        assertThat(zoo.index().serial()).isEqualTo(1);
    }

    @Test
    void publishingMovesCandidateAndNothingElse() throws Exception {
        publish(candidate("0.2.0"));
        assertThat(zoo.index().aliasesOf("tiny")).containsOnlyKeys("candidate");
        registry.promote(tiny("0.2.0"), "stable", null);
        publish(candidate("0.10.0"));
        publish(candidate("0.3.0"));
        assertThat(pointedAt("stable")).isEqualTo(new Version(0, 2, 0));
        assertThat(pointedAt("candidate")).isEqualTo(new Version(0, 3, 0));
        assertThat(zoo.index().usable("tiny"))
                .containsExactly(new Version(0, 2, 0), new Version(0, 3, 0), new Version(0, 10, 0));
        assertThat(zoo.index().serial()).isEqualTo(4);
    }

    /** A candidate that was right about every picture but each {@code n}-th of 60. */
    private Path wrongAboutEach(int n, String version) throws Exception {
        List<TestPredictions.Picture> pictures = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            int label = i % 2;
            double right = i % n == 0 ? 0.2 : 0.8;
            pictures.add(
                    new TestPredictions.Picture(
                            "%064x".formatted(i),
                            String.valueOf(i),
                            label,
                            label == 0 ? List.of(right, 1 - right) : List.of(1 - right, right)));
        }
        Path candidate = candidate(version);
        TestPredictions said = new TestPredictions(List.of("benign", "malignant"), pictures);
        Files.write(candidate.resolve("predictions.csv"), said.toBytes());
        return candidate;
    }

    @Test
    void aVersionThatIsWorseBecomesStableOnlyForAReason() throws Exception {
        publish(wrongAboutEach(20, "0.1.0"));
        registry.promote(tiny("0.1.0"), "stable", null);
        publish(wrongAboutEach(3, "0.2.0"));
        assertThatThrownBy(() -> registry.promote(tiny("0.2.0"), "stable", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tiny/0.2.0 against 0.1.0: macro-F1 -0.2")
                .hasMessageEndingWith(
                        ": a significant regression (expected: no regression, or --because)");
        assertThat(pointedAt("stable")).isEqualTo(new Version(0, 1, 0));
        registry.promote(tiny("0.2.0"), "stable", "faster");
        assertThat(pointedAt("stable")).isEqualTo(new Version(0, 2, 0));
        publish(wrongAboutEach(19, "0.3.0"));
        registry.promote(tiny("0.3.0"), "stable", null);
        publish(candidate("0.4.0"));
        assertThatThrownBy(() -> registry.promote(tiny("0.4.0"), "stable", null))
                .hasMessage(
                        "tiny/0.4.0 against 0.3.0: not comparable: tiny 0.4.0 has no"
                                + " predictions.csv (expected: no regression, or --because)");
        History history = History.read(new FolderStore(store), zoo.index());
        assertThat(history.entries()).extracting(entry -> entry.reason()).contains("faster");
    }

    @Test
    void rollingBackTwiceGoesBackTwice() throws Exception {
        for (String version : List.of("0.1.0", "0.2.0", "0.3.0")) {
            publish(candidate(version));
            registry.promote(tiny(version), "stable", "a test");
        }
        assertThat(registry.rollback("tiny", "stable", "worse")).isEqualTo(new Version(0, 2, 0));
        assertThat(registry.rollback("tiny", "stable", null)).isEqualTo(new Version(0, 1, 0));
        assertThatThrownBy(() -> registry.rollback("tiny", "stable", null))
                .hasMessage(
                        "alias: stable of tiny is 0.1.0 (expected: an alias that pointed to"
                                + " another version before)");
        registry.promote(tiny("0.3.0"), "stable", "a test");
        registry.revoke(tiny("0.1.0"), "labels were swapped");
        assertThatThrownBy(() -> registry.rollback("tiny", "stable", null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(pointedAt("stable")).isEqualTo(new Version(0, 3, 0));
    }

    @Test
    void whoDidWhatWhenIsToldInOrder() throws Exception {
        publish(candidate("0.1.0"));
        registry.promote(tiny("0.1.0"), "stable", "the first");
        registry.deprecate(tiny("0.1.0"), new StoreIndex.Deprecation("old", null));
        registry.sign(tiny("0.1.0"));
        registry.renew();
        registry.revoke(tiny("0.1.0"), "wrong");
        History history = History.read(new FolderStore(store), zoo.index());
        assertThat(history.entries())
                .extracting(entry -> entry.serial() + " " + entry.who() + " " + entry.action())
                .containsExactly(
                        "1 Ann PUBLISH",
                        "2 Ann PROMOTE",
                        "3 Ann DEPRECATE",
                        "4 Ann SIGN",
                        "5 Ann RENEW",
                        "6 Ann REVOKE");
        assertThat(history.entries().get(1).reason()).isEqualTo("the first");
        assertThat(zoo.index().history()).isEqualTo(history.digests().get(5));
    }

    @Test
    void aHistoryThatWasChangedIsRefused() throws Exception {
        publish(candidate("0.1.0"));
        registry.promote(tiny("0.1.0"), "stable", null);
        FolderStore folder = new FolderStore(store);
        String first = History.read(folder, zoo.index()).digests().get(0);
        Path entry = store.resolve("history/" + first + ".json");
        Files.writeString(entry, Files.readString(entry).replace("Ann", "Bob"));
        assertThatThrownBy(() -> History.read(folder, zoo.index()))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("history/" + first + ".json: sha256 ")
                .hasMessageEndingWith(" (expected: the digest in its name) in " + store);
        Files.delete(entry);
        assertThatThrownBy(() -> History.read(folder, zoo.index()))
                .hasMessage(
                        "history/%s.json: absent (expected: present, as the history names it) in %s"
                                .formatted(first, store));
    }

    @Test
    void aRevokedVersionIsRefusedWithItsReason() throws Exception {
        publish(candidate("0.1.0"));
        publish(candidate("0.2.0"));
        registry.revoke(tiny("0.1.0"), "labels were swapped");
        assertThatThrownBy(() -> zoo.identity(tiny("0.1.0")))
                .hasMessage(
                        "version: 0.1.0 of tiny, revoked: labels were swapped (expected one of:"
                                + " [0.2.0])");
        assertThatThrownBy(() -> registry.promote(tiny("0.1.0"), "stable", null))
                .hasMessageContaining("revoked: labels were swapped");
        assertThatThrownBy(() -> registry.revoke(tiny("0.1.0"), "again"))
                .hasMessageContaining("revoked: labels were swapped");
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
        assertThatThrownBy(() -> publish(candidate))
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
        assertThatThrownBy(() -> publish(candidate))
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
                "artifact.json | \"format\" : 3 | \"format\" : 4 | artifact.json: format: 4",
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
        assertThatThrownBy(() -> publish(candidate))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(reason)
                .hasMessageEndingWith(" in " + candidate);
    }

    @Test
    void refusesAFolderThatIsNoCandidate() {
        assertThatThrownBy(() -> publish(candidates.resolve("absent")))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(
                        "artifact.json: absent (expected: a file) in "
                                + candidates.resolve("absent"));
    }

    @Test
    void whatAKilledPublishLeftBehindDoesNotMatter() throws Exception {
        publish(candidate("0.1.0"));
        Path half = Files.createDirectories(store.resolve("tiny/.fresh-0.2.0"));
        Files.write(half.resolve("half.params"), new byte[] {1});
        Path unnamed = Files.createDirectories(store.resolve("tiny/0.2.0"));
        Files.write(unnamed.resolve("half.params"), new byte[] {1});
        Files.write(store.resolve(".fresh-index.json"), "{".getBytes(UTF_8));

        ModelIdentity identity = publish(candidate("0.2.0"));
        assertThat(zoo.identity(tiny("0.2.0"))).isEqualTo(identity);
        assertThat(zoo.artifact(tiny("0.2.0")).version()).isEqualTo(new Version(0, 2, 0));
        assertThat(half).doesNotExist();
        assertThat(unnamed.resolve("half.params")).doesNotExist();
        assertThat(store.resolve(".fresh-index.json")).doesNotExist();
    }

    @Test
    void neverStartsALostIndexAnew() throws Exception {
        publish(candidate("0.1.0"));
        Files.delete(store.resolve(StoreIndex.FILE));
        assertThatThrownBy(() -> publish(candidate("0.2.0")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "index.json: absent (expected: an index, or an empty folder) in " + store);
        Files.writeString(store.resolve(StoreIndex.FILE), "garbage");
        assertThatThrownBy(() -> publish(candidates.resolve("0.2.0")))
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
                published.add(threads.submit(() -> publish(candidate)));
            }
            for (Future<ModelIdentity> one : published) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(zoo.index().usable("tiny")).hasSize(8);
        assertThat(zoo.index().serial()).isEqualTo(8);
    }
}
