package dev.medzoo.serving.work;

import static dev.medzoo.serving.work.SkinPools.LARGE;
import static dev.medzoo.serving.work.SkinPools.PICTURE;
import static dev.medzoo.serving.work.SkinPools.REFERENCE;
import static dev.medzoo.serving.work.SkinPools.SKIN;
import static dev.medzoo.serving.work.SkinPools.kind;
import static dev.medzoo.serving.work.SkinPools.model;
import static dev.medzoo.serving.work.SkinPools.options;
import static dev.medzoo.serving.work.SkinPools.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.zoo.MedZoo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How workers come and go. */
class WorkerLifeTest {
    private final SkinPools pools = new SkinPools();

    @Test
    void growsWithTheQueueAndShrinksWhenThereIsNothingToDo() throws Exception {
        PoolOptions options =
                new PoolOptions(
                        1,
                        3,
                        50,
                        1,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofDays(1),
                        false);
        try (WorkerPool pool = pools.start(options)) {
            assertThat(pool.workers()).hasSize(1);
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                jobs.add(submit(pool, LARGE));
            }
            assertThat(pool.workers()).hasSize(3);
            jobs.forEach(job -> job.prediction().join());

            Deadline.await(() -> pool.workers().size() == 1);
            assertThat(pool.isHealthy()).isTrue();
            pool.scale(2, 4);
            assertThat(pool.workers()).hasSize(2);
            pool.scale(0, 0);
            Deadline.await(() -> pool.workers().isEmpty());
            assertThatThrownBy(() -> submit(pool, PICTURE))
                    .hasMessage("All model workers has been shutdown: " + SKIN);
        }
    }

    @Test
    void outlivesAnEngineThatFails() throws Exception {
        ZooModel<NetworkInput, Finding> model = model();
        try (WorkerPool pool = pools.start(model, options(1, 1, 10, 1))) {
            // Nothing makes an engine fail as surely as taking its arrays away.
            model.close();
            for (int i = 0; i < 3; i++) {
                Job job = submit(pool, PICTURE);
                assertThat(kind(job)).isEqualTo(Kind.FAILED);
                assertThatThrownBy(job.prediction()::join)
                        .rootCause()
                        .hasMessage("Prediction failed in model: " + REFERENCE);
            }
            assertThat(pool.isHealthy()).isTrue();
        }
    }

    @Test
    void replacesAWorkerThatDiesAndAnswersItsJobs() throws Exception {
        ZooModel<NetworkInput, Finding> model = model();
        AtomicInteger untilDeath = new AtomicInteger(Integer.MAX_VALUE);
        model.setBlock(new MortalBlock(model.getBlock(), untilDeath));
        List<ServedVersion> died = new ArrayList<>();
        PoolListener watch =
                new PoolListener() {
                    @Override
                    public void batch(ServedVersion version, int pictures) {}

                    @Override
                    public void died(ServedVersion version) {
                        died.add(version);
                    }
                };
        Servable servable = new Servable(model, new PictureDecoder(), new MedZoo()::explainer);
        try (WorkerPool pool =
                WorkerPool.start(
                        servable, REFERENCE, options(1, 1, 10, 2), pools.cores.share(), watch)) {
            int before = pool.workers().get(0).id();
            untilDeath.set(1);
            List<Job> doomed = List.of(Job.of(PICTURE), Job.of(PICTURE));
            assertThat(pool.submit(doomed)).isTrue();
            Job next = submit(pool, PICTURE);

            for (Job each : doomed) {
                assertThat(kind(each)).isEqualTo(Kind.FAILED);
            }
            assertThat(next.prediction().join().finding().model().name()).isEqualTo(SKIN);
            assertThat(pool.workers().get(0).id()).isGreaterThan(before);
            assertThat(died).containsExactly(REFERENCE);
            assertThat(pool.isHealthy()).isTrue();
        }
    }

    @Test
    void doesNotStartWithAModelThatCannotPredict() throws Exception {
        ZooModel<NetworkInput, Finding> model = model();
        Servable servable = new Servable(model, new PictureDecoder(), new MedZoo()::explainer);
        model.close();

        assertThatThrownBy(
                        () ->
                                WorkerPool.start(
                                        servable,
                                        REFERENCE,
                                        options(2, 2, 2, 1),
                                        pools.cores.share(),
                                        PoolListener.UNWATCHED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("warm-up: ");
    }

    /** A network that dies of an error, once, after so many more batches. */
    private static final class MortalBlock extends AbstractBlock {
        private final Block network;
        private final AtomicInteger untilDeath;

        MortalBlock(Block network, AtomicInteger untilDeath) {
            this.network = network;
            this.untilDeath = untilDeath;
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> p) {
            if (untilDeath.decrementAndGet() == 0) {
                throw new UnsatisfiedLinkError("the engine is gone");
            }
            return network.forward(store, inputs, training, p);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return network.getOutputShapes(inputShapes);
        }
    }
}
