package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a prediction says about how long its parts took. */
class BatchTimeTest {
    private static final Duration SLOW = Duration.ofMillis(200);

    private final SkinPools pools = new SkinPools();

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void isTheWholeBatchsWhateverItsSize(int pictures) throws Exception {
        PoolOptions options =
                new PoolOptions(
                        1,
                        1,
                        10,
                        pictures,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        Duration.ofDays(1),
                        false);
        ZooModel<NetworkInput, Finding> model = SkinPools.model();
        model.setBlock(new SlowBlock(model.getBlock()));
        try (WorkerPool pool = pools.start(model, options)) {
            List<Job> jobs =
                    Stream.generate(() -> Job.of(SkinPools.PICTURE)).limit(pictures).toList();
            long from = System.nanoTime();
            assertThat(pool.submit(jobs)).isTrue();
            for (Job job : jobs) {
                Prediction done = job.prediction().get(1, TimeUnit.MINUTES);
                Duration passed = Duration.ofNanos(System.nanoTime() - from);
                assertThat(done.batch()).isEqualTo(pictures);
                assertThat(done.inference()).isBetween(SLOW, passed);
            }
        }
    }

    /** A network that takes its time. */
    private static final class SlowBlock extends AbstractBlock {
        private final Block network;

        SlowBlock(Block network) {
            this.network = network;
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            try {
                TimeUnit.NANOSECONDS.sleep(SLOW.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return network.forward(store, inputs, training, p);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return network.getOutputShapes(inputShapes);
        }
    }
}
