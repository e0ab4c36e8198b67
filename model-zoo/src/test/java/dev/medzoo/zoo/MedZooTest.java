package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Application;
import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.MRL;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.FolderStore;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("jdk")
class MedZooTest {
    private Path root;
    private FolderStore store;

    @BeforeEach
    void publish(@TempDir Path folder) throws Exception {
        root = folder;
        store = TinyArtifact.store(root, "tiny/0.1.0", "tiny/0.1.1", "other/1.0.0");
        System.setProperty(Store.PROPERTY, root.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(Store.PROPERTY);
    }

    /** By PyTorch, which every way into DJL ends in, so that the last bit can be compared. */
    private static Criteria.Builder<Image, Finding> criteria() {
        return Criteria.builder().setTypes(Image.class, Finding.class).optEngine("PyTorch");
    }

    private static Finding find(ZooModel<Image, Finding> model) throws Exception {
        try (model;
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            assertThat(model.getBlock()).isInstanceOf(Network.class);
            return predictor.predict(TinyArtifact.picture().toImage());
        }
    }

    private Finding byReference(String reference) throws Exception {
        return find(
                new MedZoo(store)
                        .load(
                                ModelReference.parse(reference),
                                Image.class,
                                Finding.class,
                                RuntimeChoice.PYTORCH,
                                null));
    }

    @Test
    void loadsByGroupIdTheStableOrANamedVersion() throws Exception {
        Finding stable =
                find(criteria().optGroupId("dev.medzoo").optArtifactId("tiny").build().loadModel());
        assertThat(stable).isEqualTo(byReference("tiny"));
        assertThat(stable.model().version()).isEqualTo("0.1.1");

        Finding older =
                find(
                        criteria()
                                .optGroupId("dev.medzoo")
                                .optArtifactId("tiny")
                                .optFilter("version", "0.1.0")
                                .build()
                                .loadModel());
        assertThat(older).isEqualTo(byReference("tiny/0.1.0")).isNotEqualTo(stable);
    }

    @ParameterizedTest
    @CsvSource({"tiny, 0.1.1", "tiny/0.1.0, 0.1.0", "tiny@stable, 0.1.1", "other, 1.0.0"})
    void loadsByItsUrl(String reference, String version) throws Exception {
        Finding finding =
                find(criteria().optModelUrls("medzoo://" + reference).build().loadModel());
        assertThat(finding).isEqualTo(byReference(reference));
        assertThat(finding.model().version()).isEqualTo(version);
        assertThat(finding.model().digest())
                .isEqualTo(
                        VerifiedStore.of(store).artifact(ModelReference.parse(reference)).digest());
    }

    @Test
    void loadsAFolderByItself(@TempDir Path elsewhere) throws Exception {
        VerifiedStore.of(store).artifact(ModelReference.parse("tiny")).content().writeTo(elsewhere);
        for (Path folder : new Path[] {root.resolve("tiny/0.1.1"), elsewhere}) {
            Finding finding =
                    find(
                            criteria()
                                    .optModelPath(folder)
                                    .optTranslatorFactory(new FindingTranslatorFactory())
                                    .build()
                                    .loadModel());
            assertThat(finding).isEqualTo(byReference("tiny"));
        }
    }

    @Test
    void listsItsModels() {
        assertThat(ModelZoo.listModels().get(Application.CV.IMAGE_CLASSIFICATION))
                .filteredOn(mrl -> mrl.getGroupId().equals("dev.medzoo"))
                .extracting(MRL::getArtifactId)
                .containsExactlyInAnyOrder("tiny", "other");
    }

    @Test
    void givesCardAndArtifactOnlyWhenVerified() throws Exception {
        MedZoo zoo = new MedZoo(store);
        ModelReference tiny = ModelReference.parse("tiny");
        assertThat(zoo.artifact(tiny).version()).isEqualTo(new Version(0, 1, 1));
        assertThat(zoo.card(tiny))
                .isEqualTo(Files.readAllBytes(root.resolve("tiny/0.1.1/card.json")));
        assertThat(zoo.identity(tiny).name()).isEqualTo("tiny");
        Files.writeString(root.resolve("tiny/0.1.1/card.json"), "{}");
        assertThatThrownBy(() -> zoo.card(tiny))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("card.json: 2 bytes (expected: ");
    }

    /** The documented type reaches the caller whichever way a model is loaded. */
    @Test
    void everyWayRefusesAChangedFile() throws Exception {
        Path params = root.resolve("tiny/0.1.1/tiny-0000.params");
        byte[] bytes = Files.readAllBytes(params);
        bytes[bytes.length - 1] ^= 1;
        Files.write(params, bytes);
        Criteria<Image, Finding> byGroup =
                criteria().optGroupId("dev.medzoo").optArtifactId("tiny").build();
        Criteria<Image, Finding> byUrl = criteria().optModelUrls("medzoo://tiny").build();
        Criteria<Image, Finding> byPath =
                criteria()
                        .optModelPath(params.getParent())
                        .optTranslatorFactory(new FindingTranslatorFactory())
                        .build();
        assertThatThrownBy(() -> byReference("tiny"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("tiny-0000.params: sha256 ");
        for (Criteria<Image, Finding> way : List.of(byGroup, byUrl, byPath)) {
            assertThatThrownBy(way::loadModel)
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageStartingWith("tiny-0000.params: sha256 ");
        }
    }

    @Test
    void aFolderInAStoreMustBeTheOneThatTheIndexNames() throws Exception {
        Path copy = root.resolve("tiny/0.2.0");
        VerifiedStore.of(store).artifact(ModelReference.parse("tiny")).content().writeTo(copy);
        Criteria<Image, Finding> byPath =
                criteria()
                        .optModelPath(copy)
                        .optTranslatorFactory(new FindingTranslatorFactory())
                        .build();
        assertThatThrownBy(byPath::loadModel)
                .isInstanceOf(ModelNotFoundException.class)
                .hasRootCauseMessage("version: 0.2.0 of tiny (expected one of: [0.1.0, 0.1.1])");

        Path other = root.resolve("tiny/0.1.0");
        for (String file : new String[] {"manifest.json", "tiny-0000.params"}) {
            Files.write(other.resolve(file), Files.readAllBytes(copy.resolve(file)));
        }
        assertThatThrownBy(
                        () ->
                                criteria()
                                        .optModelPath(other)
                                        .optTranslatorFactory(new FindingTranslatorFactory())
                                        .build()
                                        .loadModel())
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("by the index");
    }

    @Test
    void aFolderIsRefusedForAJarThatDjlWouldOpen(@TempDir Path elsewhere) throws Exception {
        VerifiedStore.of(store).artifact(ModelReference.parse("tiny")).content().writeTo(elsewhere);
        Files.write(elsewhere.resolve("a.jar"), new byte[] {1});
        Criteria<Image, Finding> byPath =
                criteria()
                        .optModelPath(elsewhere)
                        .optTranslatorFactory(new FindingTranslatorFactory())
                        .build();
        assertThatThrownBy(byPath::loadModel)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("[a.jar]: not in manifest.json");
    }

    @Test
    void saysInTheCauseWhatIsThereInstead() {
        assertThatThrownBy(() -> byReference("eye"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage("model: eye (expected one of: [other, tiny])");
        assertThatThrownBy(criteria().optModelUrls("medzoo://eye").build()::loadModel)
                .isInstanceOf(ModelNotFoundException.class)
                .hasRootCauseMessage("model: eye (expected one of: [other, tiny])");
        assertThatThrownBy(
                        criteria()
                                        .optGroupId("dev.medzoo")
                                        .optArtifactId("tiny")
                                        .optFilter("version", "9.9.9")
                                        .build()
                                ::loadModel)
                .isInstanceOf(ModelNotFoundException.class)
                .hasRootCauseMessage("version: 9.9.9 of tiny (expected one of: [0.1.0, 0.1.1])");
    }

    @ParameterizedTest
    @ValueSource(strings = {"medzoo:///", "medzoo://../tiny", "medzoo://Tiny", "medzoo://tiny?x=1"})
    void refusesAnAddressOfAnotherForm(String url) {
        assertThatThrownBy(() -> criteria().optModelUrls(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model reference: ");
    }

    @Test
    void aStoreThatIsNotThereDisturbsNobodyElse() {
        System.setProperty(Store.PROPERTY, root.resolve("absent").toString());
        assertThat(ModelZoo.getModelZoo("dev.medzoo").getModelLoaders()).isEmpty();
        System.setProperty(Store.PROPERTY, "ftp://models");
        assertThat(ModelZoo.getModelZoo("dev.medzoo").getModelLoaders()).isEmpty();
        assertThatThrownBy(() -> criteria().optModelUrls("medzoo://tiny"))
                .hasMessage(
                        "store: ftp://models (expected: a folder, artifact:FOLDER, a .jar file, an http(s)"
                                + " or s3 address)");
    }
}
