package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.Manifest;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens between the moment a folder is verified and the moment DJL reads the weights. */
class DcnnBlockFactoryTest {
    private Path folder;
    private float[] published;

    @BeforeEach
    void publish(@TempDir Path root) throws Exception {
        FolderStore store = TinyArtifact.store(root, "tiny/0.1.0");
        folder = root.resolve("tiny/0.1.0");
        try (Model model = Model.newInstance("tiny", "PyTorch")) {
            ArtifactContent content =
                    VerifiedStore.of(store).artifact(ModelReference.parse("tiny")).content();
            published = weights(content.network(model.getNDManager()));
        }
    }

    private static float[] weights(Network network) {
        return network.getParameters().valueAt(0).getArray().toFloatArray();
    }

    private Model verified() throws Exception {
        Model model = Model.newInstance("tiny", "PyTorch");
        model.setBlock(new DcnnBlockFactory().newBlock(model, folder, Map.of()));
        return model;
    }

    @Test
    void loadsTheVerifiedWeightsThoughTheFileIsAnotherByThen() throws Exception {
        try (Model model = verified();
                Model other = Model.newInstance("tiny", "PyTorch")) {
            Network attack = new Network(TinyArtifact.network());
            attack.initialize(other.getNDManager(), 666);
            other.setBlock(attack);
            other.setProperty(FindingTranslatorFactory.DIGEST_PROPERTY, "sha256:forged");
            other.setProperty("Epoch", "0");
            other.save(folder, "tiny");

            model.load(folder);
            assertThat(weights((Network) model.getBlock())).isEqualTo(published);
            assertThat(model.getProperty(FindingTranslatorFactory.DIGEST_PROPERTY))
                    .isEqualTo(
                            Manifest.parse(Files.readAllBytes(folder.resolve("manifest.json")), "")
                                    .digest());
        }
    }

    @Test
    void answersNothingWhenTheFileIsNoWeightsByThen() throws Exception {
        try (Model model = verified()) {
            Files.writeString(folder.resolve("tiny-0000.params"), "DJL? no, not at all");
            model.load(folder);
            ParameterStore store = new ParameterStore(model.getNDManager(), false);
            assertThatThrownBy(() -> model.getBlock().forward(store, new NDList(), false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("weights of tiny: not loaded (expected: Model.load first)");
        }
    }

    @Test
    void refusesAnotherDigestThanTheCallerExpects() throws Exception {
        String digest = "sha256:" + "0".repeat(64);
        try (Model model = Model.newInstance("tiny", "PyTorch")) {
            assertThatThrownBy(
                            () ->
                                    new DcnnBlockFactory()
                                            .newBlock(
                                                    model,
                                                    folder,
                                                    Map.of(
                                                            FindingTranslatorFactory
                                                                    .DIGEST_PROPERTY,
                                                            digest)))
                    .isInstanceOf(MalformedModelException.class)
                    .hasMessageStartingWith("manifest.json: sha256:")
                    .hasMessageContaining("(expected: " + digest + ")");
        }
    }
}
