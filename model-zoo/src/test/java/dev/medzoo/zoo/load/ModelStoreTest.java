package dev.medzoo.zoo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.inference.Predictor;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.TinyArtifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.index.StoreIndex;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.sign.TrustPolicy;
import dev.medzoo.zoo.store.FolderStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published version: whole, with a complete card, and giving what its goldens say. */
@Tag("slow")
class ModelStoreTest {
    private static final FolderStore FORMAT_1 =
            new FolderStore(Path.of("src/test/resources/format-1"));

    private static final FolderStore PUBLISHED = new FolderStore(Path.of("../model-store"));

    private static Path folder;

    @BeforeAll
    static void makeRoom(@TempDir Path temporary) {
        folder = temporary;
    }

    /**
     * All that is published, an artifact of the first format, and a store made here, so that the
     * checks themselves are checked.
     */
    static Stream<Arguments> versions() throws Exception {
        FolderStore tiny = TinyArtifact.store(folder, "tiny/0.1.0");
        List<Arguments> all = new ArrayList<>();
        for (FolderStore store : List.of(tiny, FORMAT_1, PUBLISHED)) {
            for (String name : VerifiedStore.of(store).index().artifacts().keySet()) {
                for (Version version : VerifiedStore.of(store).index().usable(name)) {
                    all.add(Arguments.of(store, new ModelReference(name, version)));
                }
            }
        }
        return all.stream();
    }

    @Test
    void everyVersionThatIsNotRevokedHasItsFolder() throws Exception {
        StoreIndex index = VerifiedStore.of(PUBLISHED).index();
        Set<String> named = new TreeSet<>();
        for (String name : index.artifacts().keySet()) {
            index.usable(name).forEach(version -> named.add(name + "/" + version));
        }
        try (Stream<Path> manifests = Files.walk(PUBLISHED.root(), 3)) {
            assertThat(
                            manifests
                                    .filter(path -> path.endsWith(ArtifactFiles.MANIFEST))
                                    .map(path -> PUBLISHED.root().relativize(path.getParent()))
                                    .map(path -> path.toString().replace('\\', '/')))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(index.serial()).isGreaterThanOrEqualTo(named.size());
        assertThat(index.aliases().keySet()).isEqualTo(index.artifacts().keySet());
    }

    @Test
    void whoTheTrustFileNamesHasSignedAllOfIt() throws Exception {
        TrustPolicy trust = TrustPolicy.read(Path.of("../trust.json"));
        VerifiedStore store =
                new VerifiedStore(
                        PUBLISHED,
                        trust,
                        new SeenSerials(folder.resolve("seen")),
                        Clock.systemUTC());
        StoreIndex index = store.index();
        for (String name : index.artifacts().keySet()) {
            for (Version version : index.usable(name)) {
                assertThat(store.artifact(new ModelReference(name, version)).signature())
                        .isPresent();
            }
        }
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("versions")
    void everyFileIsWhatWasPublished(FolderStore store, ModelReference reference) throws Exception {
        ArtifactContent content = VerifiedStore.of(store).artifact(reference).content();
        String weights = ArtifactFiles.paramsFile(reference.name());
        assertThat(content.file(weights)).hasSizeLessThanOrEqualTo(8 << 20);
        assertThat(content.card().network()).isEqualTo(content.artifact().network());
        assertThat(content.card().summary()).isNotBlank();
        if (store == PUBLISHED) {
            assertCardIsComplete(content.card());
        }
    }

    private static void assertCardIsComplete(ModelCard card) {
        assertThat(card.data()).isNotEmpty();
        assertThat(card.limits()).isNotEmpty();
        assertThat(card.outOfScope()).isNotEmpty();
        assertThat(card.metrics()).extracting(ModelCard.SplitMetrics::split).contains("test");
        assertThat(card.training().command()).startsWith("medzoo train");
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("versions")
    void givesWhatItsGoldensSay(FolderStore store, ModelReference reference) throws Exception {
        ArtifactContent content = VerifiedStore.of(store).artifact(reference).content();
        givesWhatItsGoldensSay(store, reference, content, RuntimeChoice.PYTORCH);
        if (content.has(ArtifactFiles.ONNX)) {
            givesWhatItsGoldensSay(store, reference, content, RuntimeChoice.ONNX);
        }
    }

    private static void givesWhatItsGoldensSay(
            FolderStore store,
            ModelReference reference,
            ArtifactContent content,
            RuntimeChoice runtime)
            throws Exception {
        Golden golden = Golden.parse(content.file(ArtifactFiles.GOLDEN), reference.toString());
        try (ZooModel<Image, Finding> model =
                        new MedZoo(store)
                                .load(reference, Image.class, Finding.class, runtime, null);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            for (Golden.Case one : golden.cases()) {
                RgbPicture picture = new PictureDecoder().decode(file(content, one.picture()));
                assertThat(content.artifact().reading().transform().apply(picture))
                        .containsExactly(
                                floats(file(content, one.tensor())),
                                within((float) golden.tolerance()));
                Finding finding = predictor.predict(picture.toImage());
                assertThat(inOrder(finding, content.artifact().reading().labels()))
                        .usingElementComparator(closer(golden.tolerance()))
                        .containsExactlyElementsOf(one.probabilities());
            }
        }
    }

    private static byte[] file(ArtifactContent content, String name) throws Exception {
        return content.file(ArtifactFiles.GOLDEN_FOLDER + name);
    }

    private static float[] floats(byte[] bytes) {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    private static List<Double> inOrder(Finding finding, List<String> labels) {
        Map<String, Double> byLabel =
                finding.probabilities().stream()
                        .collect(
                                Collectors.toMap(
                                        ClassProbability::label, ClassProbability::probability));
        return labels.stream().map(byLabel::get).toList();
    }

    private static Comparator<Double> closer(double tolerance) {
        return (a, b) -> Math.abs(a - b) <= tolerance ? 0 : Double.compare(a, b);
    }
}
