package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.medzoo.serving.DrawnPicture;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.NetworkInput;
import dev.medzoo.translate.PictureDecoder;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a prediction says about how long its parts took. */
class BatchTimeTest {
    private static final Picture PICTURE = Picture.file(DrawnPicture.jpeg(320, 240, 1));
    private static final Duration SLOW = Duration.ofMillis(200);

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
                        false,
                        false);
        try (WorkerPool pool = start(options)) {
            List<Job> jobs = Stream.generate(() -> Job.of(PICTURE)).limit(pictures).toList();
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

    private static WorkerPool start(PoolOptions options) throws Exception {
        MedZoo zoo = new MedZoo(Store.fromSettings());
        ModelReference reference = ModelReference.parse("pretrained-skin/1.0.0");
        ZooModel<NetworkInput, Finding> model =
                zoo.load(reference, NetworkInput.class, Finding.class);
        model.setBlock(new SlowBlock(model.getBlock()));
        return WorkerPool.start(
                new Servable(model, new PictureDecoder()),
                reference.toString(),
                options,
                new Cores(1, 1).share(),
                PoolWatch.UNWATCHED);
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
