package dev.medzoo.training.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.medzoo.training.study.ParentWeights.Parent;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentWeightsTest {
    private static final Path STORE = Path.of("../model-store");
    private static final String SKIN = "pretrained-skin/1.0.0";
    @TempDir Path folder = Path.of("");

    @Test
    void aModelIsTheSameParentBeforeAndAfterItIsPublished() throws Exception {
        candidate();

        Parent candidate = parents().of("skin");
        Parent published = parents().of(SKIN);

        assertThat(candidate.digest()).isEqualTo(published.digest());
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            assertThat(candidate.weights().network(manager).config())
                    .isEqualTo(published.weights().network(manager).config());
        }
    }

    @Test
    void otherWeightsAreAnotherParent() throws Exception {
        Path weights = candidate().resolve("pretrained-skin-0000.params");
        String before = parents().of("skin").digest();
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1]++;
        Files.write(weights, bytes);

        assertThat(parents().of("skin").digest()).isNotEqualTo(before);
    }

    @Test
    void saysWhichParentIsNotThere() {
        assertThatThrownBy(() -> parents().of("skin"))
                .hasMessage(
                        "backbone: %s (expected: a folder written by medzoo pretrain or medzoo train)"
                                .formatted(folder.resolve("skin")));
        assertThatThrownBy(() -> parents().of("pretrained-skin/0.0.7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("from: pretrained-skin/0.0.7: ");
    }

    private ParentWeights parents() {
        return new ParentWeights(folder, Store.open(STORE.toString()));
    }

    /** The published model as it lay before it was published. */
    private Path candidate() throws IOException {
        Path skin = Files.createDirectories(folder.resolve("skin"));
        for (String file :
                List.of(
                        "artifact.json",
                        "card.json",
                        "pretrained-skin-0000.params",
                        "serving.properties",
                        "synset.txt")) {
            Files.copy(STORE.resolve(SKIN).resolve(file), skin.resolve(file));
        }
        Files.createDirectory(skin.resolve("golden"));
        try (Stream<Path> golden = Files.list(STORE.resolve(SKIN).resolve("golden"))) {
            for (Path file : golden.toList()) {
                Files.copy(file, skin.resolve("golden").resolve(file.getFileName()));
            }
        }
        return skin;
    }
}
