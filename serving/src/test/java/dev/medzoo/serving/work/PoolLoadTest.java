package dev.medzoo.serving.work;

import static dev.medzoo.serving.work.SkinPools.LARGE;
import static dev.medzoo.serving.work.SkinPools.PICTURE;
import static dev.medzoo.serving.work.SkinPools.SKIN;
import static dev.medzoo.serving.work.SkinPools.options;
import static dev.medzoo.serving.work.SkinPools.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** More than the workers can do, and what may wait for them. */
class PoolLoadTest {
    private final SkinPools pools = new SkinPools();

    @Test
    void refusesWhatItsQueueCannotHoldAndSaysWhenToComeAgain() throws Exception {
        try (WorkerPool pool = pools.start(options(1, 1, 2, 1))) {
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
        try (WorkerPool pool = pools.start(options)) {
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
    void aClientWaitsForNoBackgroundThatWaitsForTheCores() throws Exception {
        Cores.Share others = pools.cores.share();
        try (WorkerPool pool = pools.start(options(1, 1, 3, 1))) {
            others.acquire(() -> false);
            List<Job> background = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                background.add(Job.inBackground(PICTURE));
                assertThat(pool.submit(List.of(background.get(i)))).isTrue();
            }
            Deadline.await(() -> pool.waiting() == 2);
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
        Cores.Share others = pools.cores.share();
        try (WorkerPool pool = pools.start(options)) {
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
}
