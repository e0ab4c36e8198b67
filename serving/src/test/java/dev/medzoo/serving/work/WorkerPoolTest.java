package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.medzoo.serving.DrawnPicture;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.NetworkInput;
import dev.medzoo.translate.PictureDecoder;
import dev.medzoo.zoo.MedZoo;
import dev.medzoo.zoo.ModelReference;
import dev.medzoo.zoo.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
    private static final String SKIN = "pretrained-skin";
    private static final String REFERENCE = SKIN + "/1.0.0";
    private static final Picture PICTURE = Picture.file(DrawnPicture.jpeg(320, 240, 1));
    private static final Picture LARGE = Picture.file(DrawnPicture.jpeg(1500, 1000, 1));
    private static final Picture BAD = Picture.file("no picture".getBytes(StandardCharsets.UTF_8));

    private final Cores cores = new Cores(2, 1);

    @Test
    void skipsAPictureThatNobodyWaitsFor() throws Exception {
        try (WorkerPool pool = start(options(1, 1, 10, 1))) {
            Job first = submit(pool, LARGE);
            Job gone = submit(pool, PICTURE);
            gone.refuse(Refusal.clientGone());
            Job last = submit(pool, PICTURE);

            assertThat(last.prediction().join().finding().model().name()).isEqualTo(SKIN);
            assertThat(first.prediction().join().batch()).isEqualTo(1);
            assertThat(kind(gone)).isEqualTo(Kind.CLIENT_GONE);
        }
    }

    @Test
    void computesWhatWaitsAtOnceAndSparesTheRestOneThatIsBad() throws Exception {
        try (WorkerPool pool = start(options(1, 1, 10, 4))) {
            List<Job> batch =
                    List.of(Job.of(PICTURE), Job.of(BAD), Job.of(PICTURE), Job.of(PICTURE));
            assertThat(pool.submit(batch)).isTrue();

            assertThat(kind(batch.get(1))).isEqualTo(Kind.UNREADABLE_PICTURE);
            for (int i : new int[] {0, 2, 3}) {
                assertThat(batch.get(i).prediction().join().batch()).isEqualTo(3);
            }
        }
    }

    @Test
    void spoilsTheWholeBatchWhereItIsToBeLikeDjlServing() throws Exception {
        PoolOptions options =
                new PoolOptions(
                        1, 1, 10, 4, Duration.ofSeconds(1), Duration.ofSeconds(60), false, true);
        try (WorkerPool pool = start(options)) {
            List<Job> batch =
                    List.of(Job.of(PICTURE), Job.of(BAD), Job.of(PICTURE), Job.of(PICTURE));
            assertThat(pool.submit(batch)).isTrue();

            for (Job each : batch) {
                assertThat(kind(each)).isEqualTo(Kind.UNREADABLE_PICTURE);
            }
        }
    }

    @Test
    void givesInABatchWhatItGivesAlone() throws Exception {
        try (WorkerPool pool = start(options(1, 1, 10, 4))) {
            Finding alone = submit(pool, PICTURE).prediction().join().finding();
            List<Job> batch = List.of(Job.of(LARGE), Job.of(PICTURE), Job.of(LARGE));
            assertThat(pool.submit(batch)).isTrue();

            Prediction inBatch = batch.get(1).prediction().join();
            assertThat(inBatch.batch()).isEqualTo(3);
            assertThat(inBatch.finding().label()).isEqualTo(alone.label());
            assertThat(inBatch.finding().probability())
                    .isCloseTo(alone.probability(), offset(1e-5));
        }
    }

    @Test
    void growsWithTheQueueAndShrinksWhenThereIsNothingToDo() throws Exception {
        PoolOptions options =
                new PoolOptions(1, 3, 50, 1, Duration.ZERO, Duration.ofSeconds(1), false, false);
        try (WorkerPool pool = start(options)) {
            assertThat(pool.workers()).hasSize(1);
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                jobs.add(submit(pool, LARGE));
            }
            assertThat(pool.workers()).hasSize(3);
            jobs.forEach(job -> job.prediction().join());

            await(() -> pool.workers().size() == 1);
            assertThat(pool.isHealthy()).isTrue();
            pool.scale(2, 4);
            assertThat(pool.workers()).hasSize(2);
            pool.scale(0, 0);
            await(() -> pool.workers().isEmpty());
            assertThatThrownBy(() -> submit(pool, PICTURE))
                    .hasMessage(
                            "All model workers has been shutdown: "
                                    + REFERENCE.replaceFirst("/.*", ""));
        }
    }

    @Test
    void outlivesAnEngineThatFails() throws Exception {
        ZooModel<NetworkInput, Finding> model = model();
        try (WorkerPool pool = start(model, options(1, 1, 10, 1))) {
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
        List<String> died = new ArrayList<>();
        PoolWatch watch =
                new PoolWatch() {
                    @Override
                    public void batch(String reference, int pictures) {}

                    @Override
                    public void died(String reference) {
                        died.add(reference);
                    }
                };
        Servable servable = new Servable(model, new PictureDecoder());
        try (WorkerPool pool =
                WorkerPool.start(servable, REFERENCE, options(1, 1, 10, 2), cores.share(), watch)) {
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
        Servable servable = new Servable(model, new PictureDecoder());
        model.close();

        assertThatThrownBy(
                        () ->
                                WorkerPool.start(
                                        servable,
                                        REFERENCE,
                                        options(2, 2, 2, 1),
                                        cores.share(),
                                        PoolWatch.UNWATCHED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("warm-up: ");
    }

    @Test
    void refusesWhatItsQueueCannotHoldAndSaysWhenToComeAgain() throws Exception {
        try (WorkerPool pool = start(options(1, 1, 2, 1))) {
            submit(pool, LARGE).prediction().join();
            List<Job> jobs = new ArrayList<>();
            assertThatThrownBy(
                            () -> {
                                while (jobs.size() < 50) {
                                    jobs.add(submit(pool, LARGE));
                                }
                            })
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> {
                                assertThat(refused.refusal().kind()).isEqualTo(Kind.QUEUE_FULL);
                                assertThat(refused.refusal().headers())
                                        .containsEntry("retry-after", "1");
                            })
                    .hasMessage("Worker queue capacity exceeded for model: " + SKIN);
            for (Job each : jobs) {
                each.prediction().join();
            }
        }
    }

    @Test
    void refusesUnderALoadThatLastsBeforeTheQueueIsFull() throws Exception {
        PoolOptions options =
                new PoolOptions(1, 1, 100, 1, Duration.ZERO, Duration.ofSeconds(60), true, false);
        try (WorkerPool pool = start(options)) {
            assertThat(pool.concurrencyLimit()).isEqualTo(101);
            List<Kind> refused = new ArrayList<>();
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 600 && refused.isEmpty(); i++) {
                try {
                    jobs.add(submit(pool, PICTURE));
                } catch (RefusedException e) {
                    refused.add(e.refusal().kind());
                }
                if (pool.waiting() > 20) {
                    jobs.remove(0).prediction().join();
                }
            }

            assertThat(refused).containsExactly(Kind.OVERLOADED);
            assertThat(pool.concurrencyLimit()).isLessThan(30);
            jobs.forEach(job -> job.prediction().join());
        }
    }

    @Test
    void answersWhatItHasBeforeItGoes() throws Exception {
        WorkerPool pool = start(options(1, 1, 50, 1));
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            jobs.add(submit(pool, LARGE));
        }

        pool.drain(Duration.ofMinutes(1));

        jobs.forEach(job -> assertThat(job.prediction().join().batch()).isEqualTo(1));
        assertThat(pool.submit(List.of(Job.of(PICTURE)))).isFalse();
    }

    @Test
    void refusesWhatStillWaitsWhenItIsClosed() throws Exception {
        WorkerPool pool = start(options(1, 1, 50, 1));
        Job last = submit(pool, LARGE);
        for (int i = 1; i < 50; i++) {
            last = submit(pool, LARGE);
        }

        pool.close();

        assertThat(kind(last)).isEqualTo(Kind.STOPPING);
    }

    @Test
    void aClientWaitsForNoBackgroundThatWaitsForTheCores() throws Exception {
        Cores.Share others = cores.share();
        try (WorkerPool pool = start(options(1, 1, 3, 1))) {
            others.acquire(() -> false);
            List<Job> background = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                background.add(Job.inBackground(PICTURE));
                assertThat(pool.submit(List.of(background.get(i)))).isTrue();
            }
            await(() -> pool.waiting() == 2);
            assertThat(background).noneMatch(job -> job.prediction().isDone());

            Job client = submit(pool, PICTURE);

            client.prediction().get(60, TimeUnit.SECONDS);
            assertThat(background.get(0).prediction()).isDone();
            assertThat(background.get(2).prediction()).isNotDone();
            others.release(1);
            background.get(2).prediction().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void theBackgroundTakesNoRoomFromClientsWhateverItsTimes() throws Exception {
        PoolOptions options =
                new PoolOptions(1, 1, 4, 1, Duration.ZERO, Duration.ofSeconds(60), true, false);
        Cores.Share others = cores.share();
        try (WorkerPool pool = start(options)) {
            others.acquire(() -> false);
            for (int i = 0; i < 4; i++) {
                assertThat(pool.submit(List.of(Job.inBackground(PICTURE)))).isTrue();
            }
            assertThat(pool.concurrencyLimit()).isEqualTo(5);
            List<Job> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(Job.of(PICTURE));
            }
            assertThat(pool.submit(clients)).isTrue();
            for (Job each : clients) {
                each.prediction().get(60, TimeUnit.SECONDS);
            }
            others.release(1);
        }
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

    private static PoolOptions options(int min, int max, int queue, int batch) {
        return new PoolOptions(
                min,
                max,
                queue,
                batch,
                Duration.ofMillis(batch == 1 ? 0 : 500),
                Duration.ofSeconds(60),
                false,
                false);
    }

    private WorkerPool start(PoolOptions options) throws Exception {
        return start(model(), options);
    }

    private WorkerPool start(ZooModel<NetworkInput, Finding> model, PoolOptions options)
            throws Exception {
        Servable servable = new Servable(model, new PictureDecoder());
        return WorkerPool.start(servable, REFERENCE, options, cores.share(), PoolWatch.UNWATCHED);
    }

    private static ZooModel<NetworkInput, Finding> model() throws Exception {
        MedZoo zoo = new MedZoo(Store.fromSettings());
        return zoo.load(ModelReference.parse(REFERENCE), NetworkInput.class, Finding.class);
    }

    private static Job submit(WorkerPool pool, Picture picture) throws RefusedException {
        Job job = Job.of(picture);
        assertThat(pool.submit(List.of(job))).isTrue();
        return job;
    }

    private static Kind kind(Job job) {
        CompletableFuture<Kind> kind =
                job.prediction()
                        .handle(
                                (done, failure) -> {
                                    Refusal refusal =
                                            failure == null ? null : RefusedException.in(failure);
                                    if (refusal == null) {
                                        throw new AssertionError("not refused: " + done, failure);
                                    }
                                    return refusal.kind();
                                });
        return kind.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("awaited").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
