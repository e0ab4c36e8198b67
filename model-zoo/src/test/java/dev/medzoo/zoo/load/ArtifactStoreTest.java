package dev.medzoo.zoo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.ModelNotFoundException;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.index.IndexEntry;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.ArtifactStore;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of one artifact, as another program puts it down, is a store of its own. */
class ArtifactStoreTest {
    private static final Path STORE = Path.of("../model-store");
    private static final Path PUBLISHED = STORE.resolve("pretrained-skin/2.2.0");
    private static final Path TRUST = Path.of("../trust.json");

    private Path folder;
    private Path memory;

    @BeforeEach
    void copyAnArtifact(@TempDir Path models, @TempDir Path seen) throws IOException {
        folder = models;
        memory = seen;
        copy(PUBLISHED);
    }

    private void copy(Path artifact) throws IOException {
        try (Stream<Path> all = Files.walk(artifact)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(artifact.relativize(each).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(each));
            }
        }
    }

    private VerifiedStore store(TrustPolicy trust) {
        return new VerifiedStore(
                Store.open("artifact:" + folder),
                trust,
                new SeenSerials(memory),
                Clock.systemUTC());
    }

    @Test
    void hasThatArtifactAloneAndItIsStable() throws Exception {
        VerifiedStore store = store(TrustPolicy.read(TRUST));
        ModelReference stable = ModelReference.parse("pretrained-skin");
        IndexEntry published =
                VerifiedStore.of(Store.open(STORE.toString()))
                        .index()
                        .resolve(ModelReference.parse("pretrained-skin/2.2.0"));

        assertThat(store.store()).isInstanceOf(ArtifactStore.class);
        assertThat(store.store()).hasToString("artifact:" + folder.toAbsolutePath());
        assertThat(store.index().artifacts()).hasSize(1);
        assertThat(store.index().resolve(stable).digest()).isEqualTo(published.digest());
        assertThat(store.artifact(stable).content().artifact().name()).isEqualTo("pretrained-skin");
        assertThatThrownBy(() -> store.artifact(ModelReference.parse("breast-idc")))
                .isInstanceOf(ModelNotFoundException.class);
    }

    @Test
    void isAsWellSignedAsItsArtifact() throws Exception {
        ModelReference stable = ModelReference.parse("pretrained-skin");
        Files.delete(folder.resolve("model.sig"));

        assertThatThrownBy(() -> store(TrustPolicy.read(TRUST)).artifact(stable))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("model.sig: absent (expected: signed by a signer");
        assertThat(store(TrustPolicy.none()).artifact(stable).content().files()).isNotEmpty();
    }

    @Test
    void refusesWhatWasChanged() throws Exception {
        ModelReference stable = ModelReference.parse("pretrained-skin");
        Path labels = folder.resolve("synset.txt");
        Files.writeString(labels, Files.readString(labels).replace("mel", "lem"));

        assertThatThrownBy(() -> store(TrustPolicy.none()).artifact(stable).content())
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("synset.txt: sha256 ");

        Path artifact = folder.resolve("artifact.json");
        Files.writeString(artifact, Files.readString(artifact).replace("\"2.2.0\"", "\"2.2.1\""));
        assertThatThrownBy(() -> store(TrustPolicy.none()).artifact(stable).content())
                .isInstanceOf(MalformedModelException.class);
        Files.writeString(artifact, "{}");
        assertThatThrownBy(() -> store(TrustPolicy.none()).index())
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("artifact.json: no name and version");
    }

    /** Another version in its place is no store set back: there is no history. */
    @Test
    void takesAnyVersionThatLiesThere() throws Exception {
        store(TrustPolicy.none()).index();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Files.delete(each);
            }
        }
        copy(STORE.resolve("pretrained-breast/2.2.0"));

        assertThat(store(TrustPolicy.read(TRUST)).index().artifacts().keySet())
                .isEqualTo(java.util.Set.of("pretrained-breast"));
        assertThat(List.of(memory.toFile().list())).isEmpty();
    }
}
