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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More than the workers can do, and what may wait for them. */
@Tag("slow")
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
                                assertThat(refused.refusal().headers().get("retry-after"))
                                        .matches("[1-9][0-9]*");
                            })
                    .hasMessage("Worker queue capacity exceeded for model: " + SKIN);
            for (Job each : jobs) {
                each.prediction().join();
            }
        }
    }

    @Test
    void morePicturesThanTheQueueHoldsAreTheClientsFault() throws Exception {
        try (WorkerPool pool = pools.start(options(1, 1, 2, 1))) {
            List<Job> three = Stream.generate(() -> Job.of(PICTURE)).limit(3).toList();
            assertThatThrownBy(() -> pool.submit(three))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused ->
                                    assertThat(refused.refusal().kind())
                                            .isEqualTo(Kind.BAD_REQUEST))
                    .hasMessage(
                            "pictures: 3 (expected: at most 2 in a request, the job_queue_size of "
                                    + SKIN
                                    + ")");
        }
    }

    @Test
    void refusesWhatWouldBeTooLateForItsClientAndNothingElse() throws Exception {
        try (WorkerPool pool = pools.start(hasty())) {
            submit(pool, PICTURE).prediction().join();
            HeldPicture held = new HeldPicture();
            Job first = submit(pool, held);
            held.awaitBegin();

            assertThat(pool.expectedWait()).isGreaterThan(pool.options().maxWait());
            assertThatThrownBy(() -> submit(pool, PICTURE))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused ->
                                    assertThat(refused.refusal().kind())
                                            .isEqualTo(Kind.OVERLOADED));
            assertThatThrownBy(() -> pool.submit(List.of(waitingFor(Duration.ofMillis(1)))))
                    .isInstanceOf(RefusedException.class);
            Job patient = waitingFor(Duration.ofDays(1));
            assertThat(pool.submit(List.of(patient))).isTrue();

            held.goOn.countDown();
            first.prediction().join();
            patient.prediction().join();
            assertThat(pool.expectedWait()).isZero();
        }
    }

    @Test
    void refusesNobodyWhileAWorkerIsFree() throws Exception {
        try (WorkerPool pool = pools.start(hasty())) {
            for (int i = 0; i < 5; i++) {
                submit(pool, LARGE).prediction().join();
                Job hurried = waitingFor(Duration.ofNanos(1));
                assertThat(pool.submit(List.of(hurried))).isTrue();
                hurried.prediction().join();
            }
        }
    }

    @Test
    void spreadsThoseWhoAreToComeAgain() throws Exception {
        try (WorkerPool pool = pools.start(options(1, 1, 1, 1))) {
            HeldPicture held = new HeldPicture();
            submit(pool, held);
            held.awaitBegin();
            submit(pool, PICTURE);
            Set<String> told = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> submit(pool, PICTURE))
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                refused ->
                                        told.add(refused.refusal().headers().get("retry-after")));
            }
            held.goOn.countDown();

            assertThat(told).hasSizeGreaterThan(1);
        }
    }

    /** One worker, and a wait that every picture's own time is beyond. */
    private static PoolOptions hasty() {
        Duration minute = Duration.ofSeconds(60);
        return new PoolOptions(1, 1, 100, 1, Duration.ZERO, minute, Duration.ofMillis(1), false);
    }

    private static Job waitingFor(Duration timeout) {
        return Job.of(PICTURE, timeout);
    }

    @Test
    void aClientWaitsForNoBackgroundThatWaitsForTheCores() throws Exception {
        CoreLimiter.Share others = pools.cores.share();
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

            client.prediction().get(10, TimeUnit.MINUTES);
            assertThat(background.get(0).prediction()).isDone();
            assertThat(background.get(2).prediction()).isNotDone();
            others.release(1);
            background.get(2).prediction().get(10, TimeUnit.MINUTES);
        }
    }

    @Test
    void theBackgroundTakesNoRoomFromClientsWhateverItsTimes() throws Exception {
        CoreLimiter.Share others = pools.cores.share();
        try (WorkerPool pool = pools.start(options(1, 1, 4, 1))) {
            others.acquire(() -> false);
            for (int i = 0; i < 4; i++) {
                assertThat(pool.submit(List.of(Job.inBackground(PICTURE)))).isTrue();
            }
            List<Job> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(Job.of(PICTURE));
            }
            assertThat(pool.submit(clients)).isTrue();
            for (Job each : clients) {
                each.prediction().get(10, TimeUnit.MINUTES);
            }
            others.release(1);
        }
    }
}
