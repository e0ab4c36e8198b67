package dev.medzoo.zoo.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ModelException;
import ai.djl.engine.EngineException;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.translate.Preparation;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.PictureOptions;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.TinyArtifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small model asked where it looks, as applications ask. */
class ExplainerTest {
    private static final ModelReference TINY = ModelReference.parse("tiny");
    private static final ExplanationOptions COARSE =
            new ExplanationOptions(ExplanationMethod.GRAD_CAM, "malignant");
    private static final ExplanationOptions HIDING =
            new ExplanationOptions(ExplanationMethod.RISE, "malignant");
    private static final ExplanationOptions FINE =
            new ExplanationOptions(ExplanationMethod.LAYER_CAM, "malignant");

    @SuppressWarnings("NullAway.Init") // set before each test
    private FolderStore store;

    @SuppressWarnings("NullAway.Init") // set before each test
    private MedZoo zoo;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path picture;

    @BeforeEach
    void publish(@TempDir Path folder) throws Exception {
        store = TinyArtifact.store(folder, "tiny/0.1.0");
        zoo = new MedZoo(store);
        picture = folder.resolve("tiny/0.1.0/golden/disc.png");
    }

    private ZooModel<NetworkInput, Finding> load(RuntimeChoice runtime) throws Exception {
        return zoo.load(TINY, NetworkInput.class, Finding.class, runtime, null);
    }

    @ParameterizedTest
    @EnumSource
    void explainsByEveryRuntime(RuntimeChoice runtime) throws Exception {
        try (ZooModel<NetworkInput, Finding> model = load(runtime);
                Explainer explainer = zoo.explainer(model)) {
            Explanation usual = explainer.explain(picture, ExplanationOptions.USUAL);
            assertThat(usual.method()).isEqualTo(ExplanationMethod.LAYER_CAM);
            assertThat(usual.label()).isEqualTo(usual.finding().label());
            assertThat(usual.picture()).isEqualTo(new InputSize(12, 10));
            assertThat(usual.area().width()).isEqualTo(12);

            for (ExplanationOptions options : new ExplanationOptions[] {COARSE, FINE}) {
                Explanation explanation = explainer.explain(picture, options);
                assertThat(explanation.label()).isEqualTo("malignant");
                assertThat(explanation.method()).isEqualTo(options.method());
                assertThat(explanation.map().width()).isEqualTo(2);
                assertThat(explanation.map().height()).isEqualTo(2);
            }
        }
    }

    @Test
    void hidingPartsGivesTheSameMapByGraphAndByBlock() throws Exception {
        try (ZooModel<NetworkInput, Finding> graph = load(RuntimeChoice.ONNX);
                ZooModel<NetworkInput, Finding> block = load(RuntimeChoice.PYTORCH);
                Explainer one = zoo.explainer(graph);
                Explainer other = zoo.explainer(block)) {
            Explanation found = one.explain(picture, HIDING);
            assertThat(found.method()).isEqualTo(ExplanationMethod.RISE);
            assertThat(found.map().values()).contains(1);
            assertThat(found.map().values())
                    .containsExactly(other.explain(picture, HIDING).map().values(), within(1e-2f));
        }
    }

    /** The last map is an early one where the network is so small: both methods look at it. */
    @Test
    void theCoarseMapIsTheSameByGraphAndByBlock() throws Exception {
        try (ZooModel<NetworkInput, Finding> graph = load(RuntimeChoice.ONNX);
                ZooModel<NetworkInput, Finding> block = load(RuntimeChoice.PYTORCH);
                Explainer one = zoo.explainer(graph);
                Explainer other = zoo.explainer(block)) {
            for (String label : TinyArtifact.LABELS) {
                ExplanationOptions options =
                        new ExplanationOptions(ExplanationMethod.GRAD_CAM, label);
                assertThat(one.explain(picture, options).map().values())
                        .containsExactly(
                                other.explain(picture, options).map().values(), within(1e-4f));
            }
        }
    }

    @Test
    void tellsAllOfItInJson() throws Exception {
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX);
                Explainer explainer = zoo.explainer(model)) {
            Explanation explanation = explainer.explain(picture, COARSE);
            JsonNode json = new ObjectMapper().readTree(explanation.toJson());

            assertThat(json.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "model", "version", "digest", "method", "class", "width", "height",
                            "area", "grid", "map", "finding", "notice");
            assertThat(json.get("finding"))
                    .isEqualTo(new ObjectMapper().readTree(explanation.finding().toJson()));
            assertThat(json.get("map")).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Malignant", "benign,malignant"})
    void refusesAClassThatTheModelHasNot(String label) throws Exception {
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX);
                Explainer explainer = zoo.explainer(model)) {
            ExplanationOptions options = new ExplanationOptions(null, label);
            assertThatThrownBy(() -> explainer.explain(picture, options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "class: %s (expected: one of [benign, malignant])".formatted(label));
        }
    }

    @Test
    void refusesWhatIsNoPicture(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX);
                Explainer explainer = zoo.explainer(model)) {
            assertThatThrownBy(() -> explainer.explain(text, COARSE))
                    .isInstanceOf(TranslateException.class)
                    .hasMessageStartingWith("picture: ");
        }
    }

    @Test
    void refusesAMethodThatThereIsNot() {
        assertThatThrownBy(() -> ExplanationMethod.parse("saliency"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("method: saliency (expected: layercam, gradcam or rise)");
    }

    @Test
    void withoutPyTorchTheUsualMapIsCoarseAndTheFineOneIsRefused() throws Exception {
        Runnable none =
                () -> {
                    throw new EngineException("no native PyTorch");
                };
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX);
                Explainer explainer = Explainer.of(model, this::content, none)) {
            assertThat(explainer.explain(picture, ExplanationOptions.USUAL).method())
                    .isEqualTo(ExplanationMethod.GRAD_CAM);
            assertThat(explainer.isLoaded(null)).isTrue();
            // By name it is to be asked for, and refused, each time.
            assertThat(explainer.isLoaded(ExplanationMethod.LAYER_CAM)).isFalse();
            assertThatThrownBy(() -> explainer.explain(picture, FINE))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(
                            "method: layercam, which needs PyTorch (expected: gradcam or rise, as there is none here)");
        }
    }

    private ArtifactContent content() throws ModelException, IOException {
        VerifiedStore verified = VerifiedStore.of(store);
        return verified.artifact(verified.index().resolve(TINY)).content();
    }

    @Test
    void refusesAModelOfAnotherMaker() {
        try (Model stranger = Model.newInstance("stranger", "PyTorch")) {
            assertThatThrownBy(() -> zoo.explainer(stranger))
                    .isInstanceOf(TranslateException.class)
                    .hasMessageContaining("medzoo");
        }
    }

    @Test
    void refusesAModelThatTheStoreHasNoLonger(@TempDir Path other) throws Exception {
        MedZoo elsewhere = new MedZoo(TinyArtifact.store(other, "large/0.1.0"));
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX)) {
            assertThatThrownBy(() -> elsewhere.explainer(model))
                    .isInstanceOf(ModelNotFoundException.class);
        }
    }

    @Test
    void refusesFilesThatHaveChangedSinceTheModelWasLoaded() throws Exception {
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX)) {
            Path params = store.root().resolve("tiny/0.1.0/tiny-0000.params");
            byte[] bytes = Files.readAllBytes(params);
            bytes[bytes.length - 1] ^= 1;
            Files.write(params, bytes);

            assertThatThrownBy(() -> zoo.explainer(model))
                    .isInstanceOf(MalformedModelException.class);
        }
    }

    @Test
    void aClosedOneSaysSo() throws Exception {
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX)) {
            Explainer explainer = zoo.explainer(model);
            explainer.explain(picture, FINE);
            explainer.close();
            explainer.close();

            assertThatThrownBy(() -> explainer.explain(picture, FINE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("explainer: closed (expected: open)");
        }
    }

    @Test
    void manyThreadsGetTheSameMap() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX_INT8);
                Explainer explainer = zoo.explainer(model)) {
            float[] alone = explainer.explain(picture, FINE).map().values();
            Stream<Future<Explanation>> all =
                    IntStream.range(0, 40)
                            .mapToObj(i -> threads.submit(() -> explainer.explain(picture, FINE)));
            for (Future<Explanation> each : all.toList()) {
                assertThat(each.get(60, TimeUnit.SECONDS).map().values()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void drawsOverAPictureOfAnySize() throws Exception {
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX);
                Explainer explainer = zoo.explainer(model)) {
            Preparation preparation = Preparation.of(model, new PictureDecoder());
            Explanation explanation = explainer.explain(picture, COARSE);
            byte[] file = Files.readAllBytes(picture);
            for (int longest : new int[] {6, 12, 100}) {
                RgbPicture shown = preparation.shown(file, PictureOptions.USUAL, longest);
                RgbPicture drawn = new PictureDecoder().decode(Overlay.png(explanation, shown));
                assertThat(drawn.width()).isEqualTo(Math.min(longest, 12));
                assertThat(drawn.height()).isEqualTo(Math.min(longest, 12) * 10 / 12);
            }
        }
    }

    @Test
    void aMapOfNothingLeavesThePictureAsItIs() throws Exception {
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX);
                Explainer explainer = zoo.explainer(model)) {
            Explanation found = explainer.explain(picture, COARSE);
            HeatMap nothing = HeatMap.scaled(2, 2, new double[4]);
            Explanation empty =
                    new Explanation(
                            found.finding(),
                            found.method(),
                            found.label(),
                            found.picture(),
                            found.area(),
                            nothing);
            RgbPicture drawn = TinyArtifact.picture();
            assertThat(Overlay.draw(empty, drawn).rgb()).isEqualTo(drawn.rgb());
        }
    }

    @Test
    void readsItsFilesOnceMoreForGradientsAlone() throws Exception {
        int[] reads = new int[1];
        try (ZooModel<NetworkInput, Finding> model = load(RuntimeChoice.ONNX);
                Explainer explainer =
                        Explainer.of(
                                model,
                                () -> {
                                    reads[0]++;
                                    return content();
                                },
                                ExplanationMethod.LAYER_CAM)) {
            explainer.explain(picture, COARSE);
            assertThat(reads[0]).isEqualTo(1);
            assertThat(explainer.isLoaded(ExplanationMethod.GRAD_CAM)).isTrue();
            assertThat(explainer.isLoaded(ExplanationMethod.LAYER_CAM)).isFalse();
            explainer.explain(picture, FINE);
            explainer.explain(picture, FINE);
            assertThat(reads[0]).isEqualTo(2);
            assertThat(explainer.isLoaded(null)).isTrue();
        }
    }
}
