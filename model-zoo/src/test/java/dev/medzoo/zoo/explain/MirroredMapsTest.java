package dev.medzoo.zoo.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.network.ClassifierHead;
import dev.medzoo.zoo.network.FlipViews;
import dev.medzoo.zoo.network.LayerGradient;
import dev.medzoo.zoo.network.Network;
import dev.medzoo.zoo.network.dcnn.DcnnConfig;
import dev.medzoo.zoo.network.residual.ResidualConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A network that answers with the mean over mirror images looks at the same place in a picture and
 * in its mirror image, and gradients are what a small change of a layer does to the logit.
 */
class MirroredMapsTest {
    private static final InputSize SIDE = InputSize.square(32);
    private static final NDManager MANAGER = NDManager.newBaseManager(null, "PyTorch");

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    static List<FlipViews> mirrors() {
        return FlipViews.ALL;
    }

    private static Network network() {
        DcnnConfig config =
                new DcnnConfig(SIDE, 4, List.of(2, 3), List.of(1), 6, 0, 3).withFlips(true);
        Network network = new Network(config);
        network.initialize(MANAGER, 5);
        return network;
    }

    private static NetworkInput drawn(int seed) {
        Random random = new Random(seed);
        float[] values = new float[3 * 32 * 32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new NetworkInput(SIDE, values);
    }

    private static NetworkInput mirrored(NetworkInput picture, FlipViews mirror) {
        return new NetworkInput(SIDE, mirror.of(picture.values(), 32, 32));
    }

    @ParameterizedTest
    @MethodSource("mirrors")
    void theFineMapIsMirroredWithThePicture(FlipViews mirror) {
        Network network = network();
        for (int target = 0; target < 3; target++) {
            HeatMap map = fine(network, drawn(1), target);
            HeatMap other = fine(network, mirrored(drawn(1), mirror), target);

            assertThat(other.values())
                    .containsExactly(
                            mirror.of(map.values(), map.width(), map.height()), within(1e-4f));
        }
    }

    private static HeatMap fine(Network network, NetworkInput picture, int target) {
        ClassifierHead head = ClassifierHead.of(network);
        return LayerCam.fused(network, head, picture, target, 1, MANAGER);
    }

    @ParameterizedTest
    @MethodSource("mirrors")
    void theCoarseMapIsMirroredWithThePicture(FlipViews mirror) {
        Network network = network();
        for (int target = 0; target < 3; target++) {
            HeatMap map = coarse(network, drawn(2), target);
            HeatMap other = coarse(network, mirrored(drawn(2), mirror), target);

            assertThat(other.values())
                    .containsExactly(
                            mirror.of(map.values(), map.width(), map.height()), within(1e-4f));
        }
    }

    private static HeatMap coarse(Network network, NetworkInput picture, int target) {
        List<float[]> maps = new ArrayList<>();
        int side = 1;
        try (NDManager arrays = MANAGER.newSubManager()) {
            for (FlipViews view : FlipViews.ALL) {
                NDArray seen =
                        arrays.create(mirrored(picture, view).values(), network.inputShape(1));
                NDArray map =
                        network.forward(new ParameterStore(arrays, false), new NDList(seen), false)
                                .get(2);
                side = (int) map.getShape().get(2);
                maps.add(map.toFloatArray());
            }
        }
        return GradCam.of(ClassifierHead.of(network), maps, side, side, target);
    }

    static Stream<Network> networks() {
        Network dcnn = network();
        Network residual = new Network(new ResidualConfig(SIDE, 4, List.of(4, 6), 1, 0, 3, false));
        residual.initialize(MANAGER, 6);
        return Stream.of(dcnn, residual);
    }

    /** Of the last part by hand: a logit's change with a cell is its channel's, over the cells. */
    @ParameterizedTest
    @MethodSource("networks")
    void theClosedFormIsTheEnginesGradientForEveryKindOfNetwork(Network network) {
        ClassifierHead head = ClassifierHead.of(network);
        for (int target = 0; target < 3; target++) {
            LayerGradient last =
                    LayerGradient.of(network, drawn(3), target, network.parts() - 1, MANAGER);
            int area = last.width() * last.height();
            float[] pooled = new float[last.channels()];
            for (int i = 0; i < pooled.length * area; i++) {
                pooled[i / area] += last.activations()[i] / area;
            }
            double[] closed = head.gradient(pooled, target);
            for (int i = 0; i < pooled.length * area; i++) {
                assertThat(area * last.gradient()[i])
                        .isCloseTo((float) closed[i / area], within(1e-5f));
            }
        }
    }

    @Test
    void anEarlyPartIsFinerThanALateOne() {
        Network network = network();
        LayerGradient early = LayerGradient.of(network, drawn(4), 0, 0, MANAGER);
        LayerGradient late = LayerGradient.of(network, drawn(4), 0, 2, MANAGER);

        assertThat(early.width()).isEqualTo(8);
        assertThat(late.width()).isEqualTo(4);
        assertThat(early.views()).isEqualTo(4);
        assertThat(early.activations()).hasSize(4 * early.channels() * 64);
    }
}
