package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures of finite numbers that a network makes no finite numbers of. */
class NotFiniteTest {
    private static final float LARGE = 1000;

    private final SkinPools pools = new SkinPools();

    @Test
    void areTheirClientsFaultAndNobodyElsesLoss() throws Exception {
        ZooModel<NetworkInput, Finding> model = SkinPools.model();
        model.setBlock(new Overflowing(model.getBlock()));
        float[] large = new float[3 * 128 * 128];
        Arrays.fill(large, LARGE);
        try (WorkerPool pool = pools.start(model, SkinPools.options(1, 1, 10, 3))) {
            List<Job> jobs =
                    List.of(
                            Job.of(SkinPools.PICTURE),
                            Job.of(Picture.tensor(large)),
                            Job.of(SkinPools.PICTURE));
            assertThat(pool.submit(jobs)).isTrue();

            assertThat(SkinPools.kind(jobs.get(1))).isEqualTo(Kind.UNREADABLE_PICTURE);
            assertThatThrownBy(jobs.get(1).prediction()::join)
                    .rootCause()
                    .hasMessageStartingWith("network: no finite numbers (expected: ");
            for (Job each : List.of(jobs.get(0), jobs.get(2))) {
                assertThat(each.prediction().join().finding().model().name())
                        .isEqualTo(SkinPools.SKIN);
            }
        }
    }

    /** A network whose logits of large numbers are not finite. */
    private static final class Overflowing extends AbstractBlock {
        private final Block network;

        Overflowing(Block network) {
            this.network = network;
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            NDList outputs = network.forward(store, inputs, training, p);
            NDArray isSmall =
                    inputs.head()
                            .reshape(inputs.head().size(0), -1)
                            .max(new int[] {1})
                            .lt(LARGE)
                            .toType(DataType.FLOAT32, false)
                            .reshape(-1, 1);
            outputs.set(0, outputs.get(0).div(isSmall));
            return outputs;
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return network.getOutputShapes(inputShapes);
        }
    }
}
