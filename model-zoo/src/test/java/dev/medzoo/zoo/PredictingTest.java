package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What programs do with a loaded model that nobody planned for. */
class PredictingTest {
    private static final int THREADS = 4;

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

    private <I, O> Criteria<I, O> criteria(String way, Class<I> input, Class<O> output) {
        Criteria.Builder<I, O> types = Criteria.builder().setTypes(input, output);
        return switch (way) {
            case "url" -> types.optModelUrls("medzoo://tiny").build();
            case "group" -> types.optGroupId("dev.medzoo").optArtifactId("tiny").build();
            default ->
                    types.optModelPath(root.resolve("tiny/0.1.0"))
                            .optTranslatorFactory(new FindingTranslatorFactory())
                            .build();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "group", "path"})
    void wrongTypesNameTheRightOnes(String way) {
        assertThatThrownBy(() -> criteria(way, String.class, Finding.class).loadModel())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "types: String to Finding (expected: Image, Path, URL, InputStream, byte[] or NetworkInput to Finding or Classifications, or Input to Output)");
        assertThatThrownBy(() -> criteria(way, Image.class, Output.class).loadModel())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("types: Image to Output (expected: ");
    }

    @Test
    void wrongTypesOfAModelThatNobodyNamedAreNoFault() {
        assertThatThrownBy(
                        () ->
                                Criteria.builder()
                                        .setTypes(String.class, Classifications.class)
                                        .build()
                                        .loadModel())
                .isInstanceOf(ModelNotFoundException.class);
        assertThatThrownBy(
                        () ->
                                new MedZoo()
                                        .load(
                                                ModelReference.parse("tiny"),
                                                String.class,
                                                Finding.class))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageStartingWith("types: String to Finding (expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "group", "path"})
    void aBatchOfNoneIsAListOfNone(String way) throws Exception {
        Image picture = TinyArtifact.picture().toImage();
        try (ZooModel<Image, Finding> model =
                        criteria(way, Image.class, Finding.class).loadModel();
                Predictor<Image, Finding> predictor = model.newPredictor()) {
            assertThat(predictor.batchPredict(List.of())).isEmpty();
            assertThat(predictor.batchPredict(List.of(picture, picture)))
                    .extracting(Finding::label)
                    .containsExactly("malignant", "malignant");
        }
        try (ZooModel<Input, Output> model = criteria(way, Input.class, Output.class).loadModel();
                Predictor<Input, Output> predictor = model.newPredictor()) {
            assertThat(predictor.batchPredict(List.of())).isEmpty();
        }
    }

    @Test
    void theBareNetworkIsStillToBeHad() throws Exception {
        try (ZooModel<NDList, NDList> model =
                        criteria("url", NDList.class, NDList.class).loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            assertThat(predictor.predict(new NDList())).isEmpty();
        }
    }

    /** Freed under a thread that computes, the arrays end this process in one of some tries. */
    @RepeatedTest(25)
    void aModelThatIsClosedWhileThreadsPredictIsAnException() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        ZooModel<Image, Finding> model = criteria("url", Image.class, Finding.class).loadModel();
        NDArray weights = model.getBlock().getParameters().valueAt(0).getArray();
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
            assertThat(weights.isReleased()).isTrue();
        } finally {
            model.close();
            threads.shutdownNow();
        }
    }

    private static void predictUntilItFails(ZooModel<Image, Finding> model, CountDownLatch busy) {
        Image picture = TinyArtifact.picture().toImage();
        assertThatThrownBy(
                        () -> {
                            try (Predictor<Image, Finding> predictor = model.newPredictor()) {
                                while (!Thread.interrupted()) {
                                    predictor.predict(picture);
                                    busy.countDown();
                                }
                            }
                        })
                .isInstanceOfAny(TranslateException.class, IllegalStateException.class)
                .hasStackTraceContaining("closed");
    }
}
