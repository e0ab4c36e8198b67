package dev.medzoo.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import dev.medzoo.translate.FindingTranslatorFactory;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.Golden;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.artifact.Version;
import dev.medzoo.zoo.explain.Explainer;
import dev.medzoo.zoo.explain.Explanation;
import dev.medzoo.zoo.explain.ExplanationMethod;
import dev.medzoo.zoo.explain.ExplanationOptions;
import dev.medzoo.zoo.format.Json;
import dev.medzoo.zoo.load.VerifiedArtifact;
import dev.medzoo.zoo.network.graph.GraphConfig;
import dev.medzoo.zoo.network.graph.GraphConfig.Answer;
import dev.medzoo.zoo.network.graph.GraphConfig.Layout;
import dev.medzoo.zoo.network.graph.GraphConfig.Pooled;
import dev.medzoo.zoo.onnx.HandMadeGraph;
import dev.medzoo.zoo.runtime.RuntimeChoice;
import dev.medzoo.zoo.sign.TrustPolicy;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An artifact whose network is an ONNX file from elsewhere, in the folder that stock DJL loads. */
class WrappedArtifactTest {
    private static final InputSize SIDE = InputSize.square(8);
    private static final Reading READING =
            new Reading(Transform.square(8), TinyArtifact.LABELS, 1.5, 0);

    private static final GraphConfig FIRST =
            new GraphConfig(SIDE, Layout.NCHW, "x", Answer.LOGITS, "y", 2, new Pooled("flat", 3));

    private static final GraphConfig LAST =
            new GraphConfig(SIDE, Layout.NHWC, "x", Answer.PROBABILITIES, "y", 2, null);

    @TempDir Path folder = Path.of("");

    /** All files of an artifact around a graph. */
    private Path write(GraphConfig config, byte[] graph) throws Exception {
        Artifact artifact =
                new Artifact(
                        Artifact.FORMAT, "wrapped", Version.parse("0.1.0"), config, READING, null);
        Path candidate = Files.createTempDirectory(folder, "candidate");
        Path golden = Files.createDirectories(candidate.resolve(ArtifactFiles.GOLDEN_FOLDER));
        float[] tensor = READING.transform().apply(TinyArtifact.picture());
        ByteBuffer floats =
                ByteBuffer.allocate(Float.BYTES * tensor.length).order(ByteOrder.LITTLE_ENDIAN);
        floats.asFloatBuffer().put(tensor);
        Files.write(golden.resolve("disc.f32"), floats.array());
        Files.write(golden.resolve("disc.png"), png(TinyArtifact.picture()));
        List<Double> expected = Arrays.stream(expected(TinyArtifact.picture())).boxed().toList();
        Golden.Case disc = new Golden.Case("disc.png", "disc.f32", expected);
        Files.write(golden.resolve("golden.json"), new Golden(1e-4, List.of(disc)).toBytes());
        Files.write(candidate.resolve(ArtifactFiles.ONNX), graph);
        Files.write(candidate.resolve(ArtifactFiles.ARTIFACT), artifact.toBytes());
        Files.write(candidate.resolve(ArtifactFiles.CARD), Json.write(card(artifact)));
        Files.write(
                candidate.resolve(ArtifactFiles.SERVING_PROPERTIES),
                ArtifactFiles.servingProperties(artifact));
        Files.write(
                candidate.resolve(ArtifactFiles.SYNSET), ArtifactFiles.synset(READING.labels()));
        ArtifactContent content = ArtifactContent.ofCandidate(candidate);
        Path whole = Files.createTempDirectory(folder, "whole").resolve("wrapped");
        content.writeTo(whole);
        return whole;
    }

    private static ModelCard card(Artifact artifact) {
        return new ModelCard(
                artifact.name(),
                artifact.version(),
                "A graph.",
                "Research use, not diagnosis.",
                "Tests.",
                List.of(),
                List.of(),
                "CC0",
                true,
                artifact.network(),
                6,
                new ModelCard.Training("none", "none", 0, 0, 0, 0, "cpu", Map.of(), null, 1.5),
                List.of(),
                null,
                List.of(),
                null);
    }

    private static byte[] png(RgbPicture picture) throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture.toBufferedImage(), "png", png);
        return png.toByteArray();
    }

    /** By hand: the mean of each channel times the weights. */
    private static double[] expected(RgbPicture picture) {
        float[] tensor = READING.transform().apply(picture);
        double[] means = new double[3];
        for (int i = 0; i < tensor.length; i++) {
            means[i / 64] += tensor[i] / 64;
        }
        float[] logits = {
            (float) (means[0] + 2 * means[1] + 3 * means[2]),
            (float) (-4 * means[0] + 5 * means[1] + 6 * means[2])
        };
        return READING.probabilities(logits);
    }

    /** As DJL loads a folder, by its {@code serving.properties}. */
    private static <I, O> ZooModel<I, O> load(Path whole, Class<I> input, Class<O> output)
            throws Exception {
        return Criteria.builder()
                .setTypes(input, output)
                .optModelPath(whole)
                .optTranslatorFactory(new FindingTranslatorFactory())
                .build()
                .loadModel();
    }

    private static double[] found(Path whole, byte[] picture) throws Exception {
        Path file = Files.write(whole.resolveSibling("picture.png"), picture);
        try (ZooModel<Path, Finding> model = load(whole, Path.class, Finding.class);
                Predictor<Path, Finding> predictor = model.newPredictor()) {
            Classifications found = predictor.predict(file).toClassifications();
            return TinyArtifact.LABELS.stream()
                    .mapToDouble(label -> found.get(label).getProbability())
                    .toArray();
        }
    }

    @Test
    void stockDjlLoadsTheFolderAndAnswersAsByHand() throws Exception {
        Path whole = write(FIRST, HandMadeGraph.whole().bytes());
        double[] seen = found(whole, png(TinyArtifact.picture()));

        assertThat(seen).containsExactly(expected(TinyArtifact.picture()), within(1e-6));
    }

    @Test
    void channelsMayComeLastAndTheAnswerMayBeProbabilities() throws Exception {
        Path whole = write(LAST, HandMadeGraph.channelsLast().bytes());
        double[] seen = found(whole, png(TinyArtifact.picture()));

        assertThat(seen).containsExactly(expected(TinyArtifact.picture()), within(1e-6));
    }

    /** A probability of 0 has no logarithm; it counts as 10⁻¹². */
    @Test
    void aProbabilityOfNothingIsAFindingToo() throws Exception {
        byte[] sure = HandMadeGraph.sure().bytes();
        double[] seen = found(write(LAST, sure), png(TinyArtifact.picture()));

        assertThat(seen[0]).isCloseTo(1, within(1e-7));
        assertThat(seen[1]).isCloseTo(Math.pow(1e-12, 1 / 1.5), within(1e-10));
    }

    @Test
    void aBatchIsAnsweredPictureByPicture() throws Exception {
        Path whole = write(FIRST, HandMadeGraph.whole().bytes());
        byte[] dark = png(new RgbPicture(8, 8, new byte[3 * 64]));
        try (ZooModel<Input, Output> model = load(whole, Input.class, Output.class);
                Predictor<Input, Output> predictor = model.newPredictor()) {
            List<Output> outputs =
                    predictor.batchPredict(
                            List.of(request(dark), request(png(TinyArtifact.picture()))));
            String first = outputs.get(0).getData().getAsString();
            String second = outputs.get(1).getData().getAsString();

            assertThat(first).isNotEqualTo(second);
            assertThat(predictor.predict(request(dark)).getData().getAsString()).isEqualTo(first);
            assertThat(outputs.get(0).getProperty("x-medzoo-model", "")).isEqualTo("wrapped/0.1.0");
        }
    }

    private static Input request(byte[] picture) {
        Input input = new Input();
        input.add("data", picture);
        return input;
    }

    /** The first class is for red and against green and blue, the second the other way round. */
    @Test
    void isExplainedByHidingPartsAndByNoMethodThatNeedsLayers() throws Exception {
        Path whole = write(FIRST, HandMadeGraph.whole().bytes());
        ArtifactContent content =
                VerifiedArtifact.ofFolder(whole, null, TrustPolicy.none()).content();
        float[] values = new float[3 * 64];
        for (int i = 0; i < values.length; i++) {
            boolean isInCorner = i % 8 < 4 && i % 64 < 32;
            values[i] = isInCorner == i < 64 ? 0.5f : -0.5f;
        }
        NetworkInput redCorner = new NetworkInput(SIDE, values);
        try (ZooModel<NetworkInput, Finding> model =
                        load(whole, NetworkInput.class, Finding.class);
                Explainer explainer =
                        Explainer.of(model, () -> content, ExplanationMethod.LAYER_CAM)) {
            assertThat(explainer.isLoaded(null)).isTrue();
            for (int label = 0; label < 2; label++) {
                Explanation found =
                        explainer.explain(
                                redCorner,
                                new ExplanationOptions(null, TinyArtifact.LABELS.get(label)));
                assertThat(found.method()).isEqualTo(ExplanationMethod.RISE);
                assertThat(found.map().width()).isEqualTo(8);
                assertThat(found.map().at(0.2, 0.2)).isEqualTo(1 - label, within(0.3));
                assertThat(found.map().at(0.8, 0.8)).isEqualTo(label, within(0.5));
            }
            for (ExplanationMethod needy :
                    List.of(ExplanationMethod.LAYER_CAM, ExplanationMethod.GRAD_CAM)) {
                assertThat(explainer.isLoaded(needy)).isFalse();
                assertThatThrownBy(
                                () ->
                                        explainer.explain(
                                                redCorner, new ExplanationOptions(needy, null)))
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage(
                                "method: %s, which needs the network's layers (expected: rise, as wrapped is a graph from elsewhere)"
                                        .formatted(needy.word()));
            }
        }
    }

    @Test
    void pyTorchCannotComputeIt() throws Exception {
        ArtifactContent content =
                VerifiedArtifact.ofFolder(
                                write(FIRST, HandMadeGraph.whole().bytes()),
                                null,
                                TrustPolicy.none())
                        .content();
        assertThatThrownBy(() -> RuntimeChoice.PYTORCH.load(content, "d", folder, null, Map.of()))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageEndingWith("(expected: one whose file it has: onnx)");
    }

    @Test
    void aHostileGraphIsRefusedAtTheLoad() throws Exception {
        byte[] bomb = HandMadeGraph.bomb().bytes();
        Path whole = write(FIRST, bomb);

        assertThatThrownBy(() -> load(whole, Path.class, Finding.class))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(
                        "graph of wrapped: ConstantOfShape: shape: [1048576, 1048576] (expected: ");
    }

    @Test
    void anotherGraphThanItsConfigurationSaysIsRefused() throws Exception {
        Path whole = write(LAST, HandMadeGraph.whole().bytes());

        assertThatThrownBy(() -> load(whole, Path.class, Finding.class))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("graph of wrapped: input x: [-1, 3, 8, 8] (expected: [1, 8, 8, 3])");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws Exception {
        byte[] none = HandMadeGraph.whole().floats("more", new float[] {1, Float.NaN}, 2).bytes();
        Path whole = write(FIRST, none);

        assertThatThrownBy(() -> load(whole, Path.class, Finding.class))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("graph of wrapped: constants [more]: not finite (expected: finite)");
    }

    @Test
    void aFileOfWeightsBesideTheGraphIsRefused() throws Exception {
        Path whole = write(FIRST, HandMadeGraph.whole().bytes());
        Files.delete(whole.resolve(ArtifactFiles.MANIFEST));
        Files.write(whole.resolve("wrapped-0000.params"), new byte[1]);

        assertThatThrownBy(() -> ArtifactContent.ofCandidate(whole))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageStartingWith(
                        "wrapped-0000.params: present (expected: only model.onnx, as the network is a graph)");
    }
}
