package dev.medzoo.zoo.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.medzoo.zoo.TinyArtifact;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
    private static final String FILE = "tiny-0000.params";

    private Path folder;

    @BeforeEach
    void write(@TempDir Path temporary) throws Exception {
        folder = temporary;
        TinyArtifact.candidate(folder, "tiny", "0.1.0");
    }

    private void load() throws Exception {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            ArtifactContent.ofCandidate(folder).network(manager);
        }
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::load)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("weights: " + reason)
                .hasMessageEndingWith(" in " + folder);
    }

    private void saveInstead(DcnnConfig config, float first) throws Exception {
        Files.delete(folder.resolve(FILE));
        try (Model model = Model.newInstance("tiny", "PyTorch")) {
            Network network = new Network(config);
            network.initialize(model.getNDManager(), 1);
            network.getParameters().valueAt(0).getArray().set(new NDIndex(0, 0, 0, 0), first);
            model.setBlock(network);
            model.save(folder, "tiny");
        }
    }

    @Test
    void loadsWhatDjlSaved() throws Exception {
        saveInstead(TinyArtifact.network(), 0.125f);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Network network = ArtifactContent.ofCandidate(folder).network(manager);
            assertThat(network.getParameters().valueAt(0).getArray().getFloat(0, 0, 0, 0))
                    .isEqualTo(0.125f);
        }
    }

    @Test
    void refusesWeightsOfAnotherShape() throws Exception {
        saveInstead(TinyArtifact.network().withClasses(5), 0);
        assertRefused("");
        assertThatThrownBy(this::load).hasMessageContaining("is (5, 2) (expected: (2, 2))");
    }

    @Test
    void refusesANumberThatIsNone() throws Exception {
        saveInstead(TinyArtifact.network(), Float.NaN);
        assertThatThrownBy(this::load).hasMessageContaining("not finite");
        saveInstead(TinyArtifact.network(), Float.NEGATIVE_INFINITY);
        assertThatThrownBy(this::load).hasMessageContaining("not finite");
    }

    @Test
    void refusesBytesThatAreNoWeights() throws Exception {
        byte[] good = Files.readAllBytes(folder.resolve(FILE));
        Files.write(folder.resolve(FILE), "PK and so on".getBytes(UTF_8));
        assertRefused("first four bytes");
        Files.write(folder.resolve(FILE), Arrays.copyOf(good, good.length / 2));
        assertThatThrownBy(this::load)
                .isInstanceOf(MalformedModelException.class)
                .hasMessageEndingWith(" in " + folder);
        Files.write(folder.resolve(FILE), Arrays.copyOf(good, good.length + 1));
        assertRefused("bytes after the last parameter 1 (expected: 0)");
        Files.write(folder.resolve(FILE), new byte[0]);
        assertThatThrownBy(this::load).isInstanceOf(MalformedModelException.class);
        byte[] huge = good.clone();
        Arrays.fill(huge, 8 + 6 + 9, 8 + 6 + 9 + 4, (byte) 0x7f);
        Files.write(folder.resolve(FILE), huge);
        assertRefused("a header with 2139062143 entries (expected: 0..64)");
    }
}
