package dev.medzoo.zoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    private static final DcnnConfig SMALL =
            new DcnnConfig(InputSize.square(32), 4, List.of(2, 2, 3), List.of(2), 8, 0, 3);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {96, 128, 224})
    void givesLogitsPooledFeaturesAndTheFeatureMapInOnePass(int side) {
        Network network = fresh(DcnnConfig.published(InputSize.square(side), 7));

        NDList output = infer(network, pictures(network, 2));

        int last = side / 32;
        Shape[] shapes = {new Shape(2, 7), new Shape(2, 160), new Shape(2, 160, last, last)};
        assertThat(output.getShapes()).containsExactly(shapes);
        assertThat(network.getOutputShapes(new Shape[] {network.inputShape(2)}))
                .containsExactly(shapes);
    }

    @Test
    void thePublishedShapeHasAtMostTwoMillionParameters() {
        Network network = fresh(DcnnConfig.published(InputSize.square(96), 7));

        long count =
                network.getParameters().values().stream()
                        .mapToLong(parameter -> parameter.getArray().size())
                        .sum();

        assertThat(count).isBetween(1_500_000L, 2_000_000L);
    }

    @Test
    void the34ConvolutionsOfTheMainPathAreThere() {
        Network network = new Network(DcnnConfig.published(InputSize.square(96), 7));

        int connections = 8 + 2 * 4;

        assertThat(convolutions(network)).isEqualTo(34 + connections);
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        Network one = fresh(SMALL, 5);

        assertThat(one.hasWeightsOf(fresh(SMALL, 5))).isTrue();
        assertThat(one.hasWeightsOf(fresh(SMALL, 6))).isFalse();
        assertThat(one.hasWeightsOf(fresh(SMALL.withClasses(4), 5))).isFalse();
    }

    @Test
    void weightsAreTheSameToTheLastBitOrOtherOnes() {
        Network one = fresh(SMALL, 5);
        Network other = fresh(SMALL, 5);

        infer(other, pictures(other, 2));
        assertThat(one.hasWeightsOf(other)).isTrue();

        NDArray weight = other.headParameters().get(0).getArray();
        float[] numbers = weight.toFloatArray();
        numbers[0] = Math.nextUp(numbers[0]);
        weight.set(numbers);
        assertThat(one.hasWeightsOf(other)).isFalse();
    }

    @Test
    void aSavedNetworkLoadsWithTheSameOutputsToTheBit(@TempDir Path folder) throws Exception {
        Network network = fresh(SMALL);
        save(network, folder);
        NDArray pictures = pictures(network, 2);

        Network loaded = new Network(SMALL);
        load(loaded, folder);

        for (int i = 0; i < 3; i++) {
            assertThat(infer(loaded, pictures).get(i).toFloatArray())
                    .isEqualTo(infer(network, pictures).get(i).toFloatArray());
        }
    }

    @Test
    void refusesWeightsOfAnotherShape(@TempDir Path folder) throws Exception {
        save(fresh(SMALL), folder);

        assertThatThrownBy(() -> load(new Network(SMALL.withClasses(4)), folder))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("(3, 8) (expected: (4, 8))");
    }

    @Test
    void refusesWeightsThatAreNotFinite(@TempDir Path folder) throws Exception {
        Network network = fresh(SMALL);
        NDArray bias =
                network.getParameters().valueAt(network.getParameters().size() - 1).getArray();
        bias.set(new float[] {0, Float.NaN, 0});
        save(network, folder);

        assertThatThrownBy(() -> load(new Network(SMALL), folder))
                .isInstanceOf(MalformedModelException.class)
                .hasMessageContaining("not finite");
    }

    @Test
    void oneTrainingStepChangesEveryParameter() {
        Network network = fresh(SMALL);
        Map<String, float[]> before = weights(network);

        step(network);

        Map<String, float[]> after = weights(network);
        before.forEach((name, values) -> assertThat(after.get(name)).as(name).isNotEqualTo(values));
    }

    @Test
    void aFrozenPartKeepsWeightsAndStatistics() {
        Network network = fresh(SMALL);
        network.freeze(2);
        Map<String, float[]> before = weights(network);

        step(network);

        Map<String, float[]> after = weights(network);
        before.forEach(
                (name, values) -> {
                    boolean frozen = name.startsWith("01Stem") || name.startsWith("02Stage");
                    if (frozen) {
                        assertThat(after.get(name)).as(name).isEqualTo(values);
                    } else {
                        assertThat(after.get(name)).as(name).isNotEqualTo(values);
                    }
                });
    }

    @Test
    void unfreezingGivesEveryPartBack() {
        Network network = fresh(SMALL);
        network.freeze(network.parts());
        network.freeze(0);
        Map<String, float[]> before = weights(network);

        step(network);

        Map<String, float[]> after = weights(network);
        before.forEach((name, values) -> assertThat(after.get(name)).as(name).isNotEqualTo(values));
    }

    @Test
    void refusesToFreezeMorePartsThanThereAre() {
        assertThatThrownBy(() -> fresh(SMALL).freeze(4))
                .hasMessage("freeze: 4 parts (expected: 0..3)");
    }

    @Test
    void transferTakesAllButTheLastLayer() {
        Network trained = fresh(SMALL, 1);
        Network target = fresh(SMALL.withClasses(2), 2);
        Map<String, float[]> before = weights(target);

        target.transferFrom(trained);

        Map<String, float[]> source = weights(trained);
        weights(target)
                .forEach(
                        (name, values) -> {
                            boolean last = name.contains("Head_04Linear");
                            assertThat(values)
                                    .as(name)
                                    .isEqualTo(last ? before.get(name) : source.get(name));
                        });
    }

    @Test
    void everyParameterBelongsToOnePartOrTheHead() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Network network = new Network(DcnnConfig.published(new InputSize(64, 64), 3));
            network.initialize(manager, 1);

            List<Parameter> found = new ArrayList<>();
            for (int part = 0; part < network.parts(); part++) {
                assertThat(network.partParameters(part)).isNotEmpty();
                found.addAll(network.partParameters(part));
            }
            found.addAll(network.headParameters());

            assertThat(found)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(network.getParameters().values());
        }
    }

    @Test
    void flipsMakeMirrorImagesAlike() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Network network =
                    new Network(DcnnConfig.published(new InputSize(64, 64), 3).withFlips(true));
            network.initialize(manager, 1);
            ParameterStore store = new ParameterStore(manager, false);
            NDArray picture = manager.randomUniform(0, 1, new Shape(1, 3, 64, 64));

            NDList once = network.forward(store, new NDList(picture), false);
            NDList mirrored = network.forward(store, new NDList(picture.flip(3)), false);

            assertThat(mirrored.get(0).toFloatArray())
                    .containsExactly(once.get(0).toFloatArray(), within(1e-3f));
            assertThat(mirrored.get(1).toFloatArray())
                    .containsExactly(once.get(1).toFloatArray(), within(1e-3f));
        }
    }

    @Test
    void transferRefusesANetworkOfAnotherShape() {
        DcnnConfig wider =
                new DcnnConfig(InputSize.square(32), 5, List.of(2, 2, 3), List.of(2), 8, 0, 3);

        assertThatThrownBy(() -> fresh(SMALL).transferFrom(fresh(wider)))
                .hasMessageContaining("01Conv2d_weight is (5, 3, 3, 3)")
                .hasMessageContaining("(expected: (4, 3, 3, 3))");
    }

    private Network fresh(DcnnConfig config) {
        return fresh(config, 42);
    }

    private Network fresh(DcnnConfig config, long seed) {
        Network network = new Network(config);
        network.initialize(manager, seed);
        return network;
    }

    private NDArray pictures(Network network, int batch) {
        Engine.getEngine("PyTorch").setRandomSeed(7);
        return manager.randomNormal(network.inputShape(batch));
    }

    private NDList infer(Network network, NDArray pictures) {
        return network.forward(new ParameterStore(manager, false), new NDList(pictures), false);
    }

    private void step(Network network) {
        ParameterStore store = new ParameterStore(manager, false);
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray logits = network.forward(store, new NDList(pictures(network, 4)), true).head();
            NDArray loss = logits.logSoftmax(1).get(":, 0").neg().sum();
            collector.backward(loss);
        }
        for (Parameter parameter : network.getParameters().values()) {
            if (parameter.requiresGradient()) {
                NDArray weight = parameter.getArray();
                try (NDArray change = weight.getGradient().mul(0.1f)) {
                    NDArray moved = weight.duplicate();
                    moved.setRequiresGradient(false);
                    moved.subi(change).copyTo(weight);
                }
            }
        }
    }

    private static Map<String, float[]> weights(Network network) {
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (Pair<String, Parameter> pair : network.getParameters()) {
            weights.put(pair.getKey(), pair.getValue().getArray().toFloatArray());
        }
        return weights;
    }

    private static int convolutions(Block block) {
        int count = block instanceof Conv2d ? 1 : 0;
        for (Block child : block.getChildren().values()) {
            count += convolutions(child);
        }
        return count;
    }

    private static void save(Network network, Path folder) throws Exception {
        try (Model model = Model.newInstance("small", "PyTorch")) {
            model.setBlock(network);
            model.setDataType(DataType.FLOAT32);
            model.setProperty("Epoch", "0");
            model.save(folder, "small");
        }
    }

    private void load(Network network, Path folder) throws Exception {
        Model model = Model.newInstance("small", "PyTorch");
        manager.attachInternal("model", model);
        model.setBlock(network);
        model.load(folder, "small");
    }
}
