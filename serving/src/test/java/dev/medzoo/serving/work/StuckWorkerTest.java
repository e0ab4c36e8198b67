package dev.medzoo.serving.work;

import static dev.medzoo.serving.work.SkinPools.PICTURE;
import static dev.medzoo.serving.work.SkinPools.options;
import static dev.medzoo.serving.work.SkinPools.submit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a picture that takes very long can hold up, and for how long. */
class StuckWorkerTest {
    private static final Refusal LATE = Refusal.deadlineExceeded(Duration.ofMillis(1));

    private final SkinPools pools = new SkinPools();

    @Test
    void aPoolWhoseWorkersAllWorkForNobodyIsNotHealthy() throws Exception {
        try (WorkerPool pool = pools.start(options(1, 1, 10, 1))) {
            HeldPicture held = new HeldPicture();
            Job job = submit(pool, held);
            held.awaitBegin();
            long later = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);

            // Somebody waits for it, so it may take its time.
            assertThat(pool.isHealthy(later)).isTrue();
            job.refuse(LATE);
            assertThat(pool.isHealthy(later)).isFalse();
            held.goOn.countDown();
            Deadline.await(() -> pool.isHealthy(later));
        }
    }

    @Test
    void aPoolOfWhichOneWorkerIsStuckIsHealthy() throws Exception {
        try (WorkerPool pool = pools.start(options(2, 2, 10, 1))) {
            HeldPicture held = new HeldPicture();
            Job job = submit(pool, held);
            held.awaitBegin();
            job.refuse(LATE);

            assertThat(pool.isHealthy(System.nanoTime() + TimeUnit.MINUTES.toNanos(1))).isTrue();
            held.goOn.countDown();
        }
    }

    @Test
    void decodingEndsWhenNobodyWaitsAnyMore() throws Exception {
        try (WorkerPool pool = pools.start(options(1, 1, 10, 1))) {
            HeldPicture held = new HeldPicture();
            Job job = submit(pool, held);
            held.awaitBegin();
            job.refuse(LATE);
            held.goOn.countDown();

            assertThat(held.end.orTimeout(10, TimeUnit.MINUTES).join())
                    .isEqualTo("picture: decoding cancelled");
        }
    }

    @Test
    void whoLeavesSpoilsNoBatchOfAllOrNothing() throws Exception {
        PoolOptions together =
                new PoolOptions(
                        1,
                        1,
                        10,
                        2,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofDays(1),
                        true);
        try (WorkerPool pool = pools.start(together)) {
            HeldPicture held = new HeldPicture();
            List<Job> jobs = List.of(Job.of(held), Job.of(PICTURE));
            assertThat(pool.submit(jobs)).isTrue();
            held.awaitBegin();
            jobs.get(0).refuse(LATE);
            held.goOn.countDown();

            CompletableFuture<Prediction> other = jobs.get(1).prediction();
            assertThat(other.orTimeout(10, TimeUnit.MINUTES).join().batch()).isEqualTo(1);
        }
    }

    @Test
    void theCoresOfAStuckWorkerAreForOthers() throws Exception {
        CoreLimiter one = new CoreLimiter(1, 1);
        AtomicBoolean isStuck = new AtomicBoolean();
        CoreLimiter.Share stuck = one.share();
        CoreLimiter.Share other = one.share();
        one.join(isStuck::get);
        stuck.acquire(() -> false);
        isStuck.set(true);

        // Waits for ever if the only portion stays with who is stuck.
        CompletableFuture<Void> got =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                other.acquire(() -> false);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertThat(got).succeedsWithin(Duration.ofSeconds(60));
        isStuck.set(false);
        other.release(1);
        stuck.release(1);
    }
}
