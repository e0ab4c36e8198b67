package dev.medzoo.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import dev.medzoo.zoo.format.Sha256;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names in a copy of the project's own store, without its models. */
class StoreNamesTest {
    private static final Path STORE = Path.of("../model-store");
    private static final String SKIN = "pretrained-skin/1.0.0/";

    private final AtomicLong nanos = new AtomicLong();
    private final Path root;
    private final StoreNames names;

    StoreNamesTest(@TempDir Path root) {
        this.root = root;
        FolderStore store = new FolderStore(root);
        names = new StoreNames(() -> store, nanos::get);
    }

    @BeforeEach
    void copy() throws IOException {
        for (String folder : List.of("history", "signatures", SKIN)) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String folder : List.of("history", "signatures")) {
            try (Stream<Path> files = Files.list(STORE.resolve(folder))) {
                for (Path file : files.toList()) {
                    Files.copy(file, root.resolve(STORE.relativize(file).toString()));
                }
            }
        }
        for (String file : List.of("index.json", SKIN + "manifest.json")) {
            Files.copy(STORE.resolve(file), root.resolve(file));
        }
    }

    @Test
    void areThoseOfTheIndexItsSignatureAndItsWholeHistory() throws Exception {
        String index = Sha256.hex(Files.readAllBytes(root.resolve("index.json")));
        assertThat(names.find("index.json")).isPresent();
        assertThat(names.find("signatures/" + index + ".json")).isPresent();
        try (Stream<Path> history = Files.list(root.resolve("history"))) {
            for (Path each : history.toList()) {
                assertThat(names.find("history/" + each.getFileName())).as("%s", each).isPresent();
            }
        }
        try (Stream<Path> signatures = Files.list(root.resolve("signatures"))) {
            assertThat(signatures.filter(each -> !each.toString().contains(index)))
                    .isNotEmpty()
                    .allMatch(each -> isUnknown("signatures/" + each.getFileName()));
        }
    }

    @Test
    void areThoseOfTheManifests() throws Exception {
        for (String file :
                List.of("manifest.json", "model.sig", "card.json", "golden/drawn-1.png")) {
            assertThat(names.find(SKIN + file)).as(file).isPresent();
        }
        assertThat(names.find(SKIN + "synset.txt").orElseThrow().sha256())
                .isEqualTo(Sha256.hex(Files.readAllBytes(STORE.resolve(SKIN + "synset.txt"))));
        assertThat(isUnknown(SKIN + "notes.txt")).isTrue();
        assertThat(isUnknown(SKIN + "golden/drawn-99.png")).isTrue();
        assertThat(isUnknown("pretrained-skin/9.9.9/private.pem")).isTrue();
        assertThat(isUnknown("other/1.0.0/card.json")).isTrue();
        assertThat(isUnknown("history/" + "0a".repeat(32) + ".json")).isTrue();
    }

    @Test
    void followTheIndexWithinASecond() throws Exception {
        byte[] now = Files.readAllBytes(root.resolve("index.json"));
        Files.write(root.resolve("index.json"), StoreIndex.empty().toBytes());
        assertThat(isUnknown(SKIN + "card.json")).isTrue();

        Files.write(root.resolve("index.json"), now);
        assertThat(isUnknown(SKIN + "card.json")).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(isUnknown(SKIN + "card.json")).isFalse();

        names.seen(StoreIndex.empty().toBytes());
        nanos.addAndGet(-1);
        assertThat(isUnknown(SKIN + "card.json")).isTrue();
    }

    @Test
    void ofAManifestThatIsAnotherAreNone() throws Exception {
        Path manifest = root.resolve(SKIN + "manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("synset.txt", "notes0.txt"));

        assertThatThrownBy(() -> names.find(SKIN + "notes0.txt"))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(SKIN + "manifest.json: sha256:")
                .hasMessageContaining("(expected: sha256:");
    }

    private boolean isUnknown(String path) {
        try {
            return names.find(path).isEmpty();
        } catch (IOException | MalformedModelException e) {
            throw new IllegalStateException(e);
        }
    }
}
