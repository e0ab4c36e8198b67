package dev.medzoo.zoo.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.artifact.ArtifactFiles;
import dev.medzoo.zoo.artifact.ModelReference;
import dev.medzoo.zoo.load.VerifiedStore;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import dev.medzoo.zoo.network.residual.ResidualConfig;
import dev.medzoo.zoo.store.Store;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The graph is computed by ONNX Runtime, which knows nothing of the Block. */
@Tag("slow")
class NetworkGraphTest {
    private static final String STORE = "../model-store";

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    /** Every version, as {@code name/version}. */
    static List<String> published() throws IOException {
        Path store = Path.of(STORE);
        try (Stream<Path> files = Files.walk(store, 3)) {
            return files.filter(file -> file.endsWith(ArtifactFiles.ARTIFACT))
                    .map(store::relativize)
                    .map(file -> file.getName(0) + "/" + file.getName(1))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void answersAsThePublishedNetworkDoes(String version) throws Exception {
        VerifiedStore store = VerifiedStore.of(Store.open(STORE));
        compare(store.artifact(ModelReference.parse(version)).content().network(manager), 3, 8);
    }

    @Test
    void answersWithTheMeanOfMirrorImages() throws Exception {
        DcnnConfig config =
                new DcnnConfig(new InputSize(40, 32), 4, List.of(2, 2, 3), List.of(2), 8, 0.4, 3)
                        .withFlips(true);
        Network network = new Network(config);
        network.initialize(manager, 5);

        compare(network, 3, 5);
        compare(network, 3, 1);
    }

    /** One that changes width and resolution, and one that does neither in its first stage. */
    @Test
    void answersAsAResidualNetworkDoes() throws Exception {
        for (int stem : new int[] {4, 3}) {
            ResidualConfig config =
                    new ResidualConfig(
                            new InputSize(48, 32), stem, List.of(4, 6), 2, 0.2, 3, stem == 3);
            Network network = new Network(config);
            network.initialize(manager, stem);

            compare(network, 2, 5);
        }
    }

    @Test
    void equalNetworksGiveEqualBytes() {
        DcnnConfig config =
                new DcnnConfig(InputSize.square(32), 4, List.of(2, 2), List.of(1), 8, 0, 2);
        Network one = new Network(config);
        one.initialize(manager, 5);
        Network same = new Network(config);
        same.initialize(manager, 5);

        assertThat(NetworkGraph.of(one, Map.of())).isEqualTo(NetworkGraph.of(same, Map.of()));
    }

    private void compare(Network network, int batches, int size) throws OrtException {
        Random random = new Random(11);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        try (OrtSession graph =
                environment.createSession(NetworkGraph.of(network, Map.of()), options)) {
            for (int i = 0; i < batches; i++) {
                float[] pictures = pictures(network.inputShape(size).getShape(), random);
                compare(network, pictures, size, environment, graph);
            }
        }
    }

    private void compare(
            Network network,
            float[] pictures,
            int size,
            OrtEnvironment environment,
            OrtSession graph)
            throws OrtException {
        try (NDManager scratch = manager.newSubManager();
                OnnxTensor given =
                        OnnxTensor.createTensor(
                                environment,
                                FloatBuffer.wrap(pictures),
                                network.inputShape(size).getShape());
                OrtSession.Result answer = graph.run(Map.of(NetworkGraph.PICTURES, given))) {
            NDArray input = scratch.create(pictures, network.inputShape(size));
            NDList expected =
                    network.forward(new ParameterStore(scratch, false), new NDList(input), false);
            close(expected.get(0).softmax(1), softmax(answer, size), 1e-5);
            close(expected.get(0), numbers(answer, NetworkGraph.LOGITS), 2e-4);
            close(expected.get(1), numbers(answer, NetworkGraph.FEATURES), 2e-4);
            close(expected.get(2), numbers(answer, NetworkGraph.MAP), 2e-3);
            long[] map = expected.get(2).getShape().getShape();
            OnnxTensor told = (OnnxTensor) answer.get(NetworkGraph.MAP).orElseThrow();
            assertThat(told.getInfo().getShape()).isEqualTo(map);
        }
    }

    /** Blobs of a few pixels, as tissue and skin have, with what a normalised picture holds. */
    private static float[] pictures(long[] shape, Random random) {
        int width = (int) shape[3];
        float[] pictures = new float[(int) (shape[0] * shape[1] * shape[2] * width)];
        float blob = 0;
        for (int i = 0; i < pictures.length; i++) {
            blob = 0.9f * blob + 0.6f * (float) random.nextGaussian();
            pictures[i] = i < width ? blob : (blob + pictures[i - width]) / 2;
        }
        return pictures;
    }

    private static float[] softmax(OrtSession.Result answer, int size) throws OrtException {
        float[] logits = numbers(answer, NetworkGraph.LOGITS);
        int classes = logits.length / size;
        float[] probabilities = new float[logits.length];
        for (int row = 0; row < logits.length; row += classes) {
            double[] ofRow = new double[classes];
            for (int i = 0; i < classes; i++) {
                ofRow[i] = logits[row + i];
            }
            double[] found = Reading.softmax(ofRow, 1);
            for (int i = 0; i < classes; i++) {
                probabilities[row + i] = (float) found[i];
            }
        }
        return probabilities;
    }

    private static float[] numbers(OrtSession.Result answer, String name) throws OrtException {
        FloatBuffer buffer = ((OnnxTensor) answer.get(name).orElseThrow()).getFloatBuffer();
        float[] numbers = new float[buffer.remaining()];
        buffer.get(numbers);
        return numbers;
    }

    private static void close(NDArray expected, float[] seen, double tolerance) {
        float[] numbers = expected.toFloatArray();
        assertThat(seen).hasSameSizeAs(numbers);
        double furthest = 0;
        for (int i = 0; i < numbers.length; i++) {
            double apart = Math.abs((double) seen[i] - numbers[i]);
            furthest = Math.max(furthest, apart / Math.max(1, Math.abs(numbers[i])));
        }
        assertThat(furthest).isLessThan(tolerance);
    }
}
