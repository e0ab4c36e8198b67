package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.OutOfDistribution;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.runtime.InferenceRuntime;
import dev.medzoo.zoo.runtime.OnnxModel;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One artifact by each runtime, asked as applications ask. */
class RuntimeChoiceTest {
    private static final int THREADS = 4;

    private final Image picture = TinyArtifact.picture().toImage();

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path root;

    @BeforeEach
    void publish(@TempDir Path folder) throws Exception {
        root = folder;
        TinyArtifact.store(root, "tiny/0.1.0");
        System.setProperty(Store.PROPERTY, root.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty(Store.PROPERTY);
    }

    private static <O> Criteria.Builder<Image, O> tiny(Class<O> output) {
        return Criteria.builder()
                .setTypes(Image.class, output)
                .optGroupId("dev.medzoo")
                .optArtifactId("tiny");
    }

    private static ZooModel<Image, Finding> load(RuntimeChoice choice) throws Exception {
        return tiny(Finding.class)
                .optOption(RuntimeChoice.OPTION, choice.word())
                .build()
                .loadModel();
    }

    private Finding predict(ZooModel<Image, Finding> model) throws Exception {
        try (Predictor<Image, Finding> predictor = model.newPredictor()) {
            return predictor.predict(picture);
        }
    }

    @ParameterizedTest
    @CsvSource({"ONNX, 1e-5", "ONNX_INT8, 0.05"})
    void everyRuntimeFindsTheSame(RuntimeChoice choice, double tolerance) throws Exception {
        try (ZooModel<Image, Finding> reference = load(RuntimeChoice.PYTORCH);
                ZooModel<Image, Finding> other = load(choice)) {
            assertThat(reference.getBlock()).isInstanceOf(Network.class);
            assertThat(reference.getProperty(InferenceRuntime.PROPERTY)).isEqualTo("pytorch");
            assertThat(other.getProperty(InferenceRuntime.PROPERTY)).isEqualTo(choice.word());
            Finding expected = predict(reference);
            Finding found = predict(other);
            assertThat(found.label()).isEqualTo(expected.label());
            assertThat(found.model()).isEqualTo(expected.model());
            assertThat(found.probability()).isCloseTo(expected.probability(), within(tolerance));
            assertThat(score(found)).isCloseTo(score(expected), within(10 * tolerance));
        }
    }

    private static double score(Finding finding) {
        OutOfDistribution judged = finding.outOfDistribution();
        return Objects.requireNonNull(judged).score();
    }

    @Test
    void batchesAndClassificationsComeOutOfAGraphToo() throws Exception {
        try (ZooModel<Image, Finding> model = load(RuntimeChoice.ONNX);
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            Finding alone = predictor.predict(picture);
            assertThat(predictor.batchPredict(List.of())).isEmpty();
            assertThat(predictor.batchPredict(List.of(picture, picture, picture)))
                    .extracting(Finding::label)
                    .containsOnly(alone.label())
                    .hasSize(3);
        }
        try (ZooModel<Image, Classifications> model =
                        tiny(Classifications.class).optEngine("OnnxRuntime").build().loadModel();
                Predictor<Image, Classifications> predictor = model.newPredictor()) {
            assertThat(model.getProperty(InferenceRuntime.PROPERTY)).isEqualTo("onnx");
            assertThat(predictor.predict(picture).getClassNames()).hasSize(2);
        }
    }

    @Test
    void autoTakesAGraphWhereAPictureComesOutAsAFinding() throws Exception {
        try (ZooModel<Image, Finding> model = tiny(Finding.class).build().loadModel()) {
            assertThat(model.getProperty(InferenceRuntime.PROPERTY)).startsWith("onnx");
            assertThat(predict(model).label()).isEqualTo("malignant");
        }
    }

    @Test
    void autoTakesPyTorchWhereAProgramMayUseItsArrays() throws Exception {
        Criteria<NDList, NDList> bare =
                Criteria.builder()
                        .setTypes(NDList.class, NDList.class)
                        .optGroupId("dev.medzoo")
                        .optArtifactId("tiny")
                        .build();
        try (ZooModel<NDList, NDList> model = bare.loadModel()) {
            assertThat(model.getBlock()).isInstanceOf(Network.class);
        }
        ModelReference reference = ModelReference.parse("tiny");
        try (ZooModel<NDList, NDList> model =
                new MedZoo().load(reference, NDList.class, NDList.class)) {
            assertThat(model.getBlock()).isInstanceOf(Network.class);
        }
        try (ZooModel<Image, Finding> model =
                tiny(Finding.class).optEngine("PyTorch").build().loadModel()) {
            assertThat(model.getBlock()).isInstanceOf(Network.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONNX", "ONNX_INT8"})
    void whatAnArtifactLacksIsSaid(RuntimeChoice choice) throws Exception {
        MedZoo zoo = new MedZoo(Store.open("../model-store"));
        ModelReference first = ModelReference.parse("pretrained-skin/1.0.0");
        assertThatThrownBy(() -> zoo.load(first, Image.class, Finding.class, choice, null))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessage(
                        "runtime: %s of pretrained-skin/1.0.0 (expected: one whose file it has: pytorch)"
                                .formatted(choice.word()));
    }

    @Test
    void anUnknownWordIsRefused() {
        assertThatThrownBy(
                        () -> tiny(Finding.class).optOption("runtime", "cuda").build().loadModel())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("runtime: cuda (expected: auto, pytorch, onnx, onnx-int8)");
    }

    @Test
    void aGraphThatIsNoneIsRefused() throws Exception {
        byte[] graph = Files.readAllBytes(root.resolve("tiny/0.1.0/model.onnx"));
        byte[] torn = Arrays.copyOf(graph, graph.length / 2);
        assertThatThrownBy(() -> OnnxModel.of("tiny", torn, TinyArtifact.network()))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith("graph of tiny: ");
    }

    /** Freed under a thread that computes, a session could end this process. */
    @RepeatedTest(10)
    void aModelThatIsClosedWhileThreadsPredictIsAnException() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        ZooModel<Image, Finding> model = load(RuntimeChoice.ONNX_INT8);
        try {
            CountDownLatch busy = new CountDownLatch(THREADS);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> predictUntilItFails(model, busy)));
            }
            assertThat(busy.await(1, TimeUnit.MINUTES)).isTrue();
            model.close();
            for (Future<?> each : all) {
                each.get(1, TimeUnit.MINUTES);
            }
        } finally {
            model.close();
            threads.shutdownNow();
        }
    }

    private void predictUntilItFails(ZooModel<Image, Finding> model, CountDownLatch busy) {
        assertThatThrownBy(
                        () -> {
                            try (Predictor<Image, Finding> predictor = model.newPredictor()) {
                                while (!Thread.interrupted()) {
                                    predictor.predict(picture);
                                    busy.countDown();
                                }
                            }
                        })
                .hasStackTraceContaining("closed");
    }
}
