package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.refusal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobQueueTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Picture PICTURE = Picture.file(new byte[0]);

    private final List<Job> late = new ArrayList<>();
    private final JobQueue queue = new JobQueue(3, late::add);

    @Test
    void givesThemInTheOrderInWhichTheyCame() throws Exception {
        List<Job> jobs = List.of(job(), job(), job());
        assertThat(queue.offer(jobs.subList(0, 2))).isTrue();
        assertThat(queue.offer(jobs.subList(2, 3))).isTrue();

        for (Job each : jobs) {
            assertThat(queue.take(Duration.ZERO)).isSameAs(each);
        }
        assertThat(queue.take(Duration.ZERO)).isNull();
    }

    @Test
    void takesAllOrNone() throws Exception {
        assertThat(queue.offer(List.of(job(), job()))).isTrue();
        assertThat(queue.offer(List.of(job(), job()))).isFalse();
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.offer(List.of(job()))).isTrue();
        assertThat(queue.offer(List.of(job()))).isFalse();

        queue.take(Duration.ZERO);
        assertThat(queue.offer(List.of(job()))).isTrue();
    }

    @Test
    void whatNobodyWantsTakesNoRoomAndIsNotGiven() throws Exception {
        Job gone = job();
        Job wanted = job();
        assertThat(queue.offer(List.of(gone, wanted, job()))).isTrue();
        gone.refuse(Refusal.clientGone());

        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.offer(List.of(job()))).isTrue();
        assertThat(queue.take(Duration.ZERO)).isSameAs(wanted);
    }

    @Test
    void whatHasWaitedTooLongIsNotGiven() throws Exception {
        Job tooLate = job();
        Job inTime = job();
        assertThat(queue.offer(List.of(tooLate, inTime))).isTrue();
        tooLate.isLateAfter(Duration.ZERO);
        inTime.isLateAfter(LONG);

        assertThat(queue.take(Duration.ZERO)).isSameAs(inTime);
        assertThat(late).containsExactly(tooLate);
    }

    @Test
    void whatNoClientWaitsForComesLastAndTakesNoRoomFromClients() throws Exception {
        Job background = Job.inBackground(PICTURE);
        assertThat(queue.offer(List.of(background))).isTrue();
        assertThat(queue.clients()).isZero();
        List<Job> clients = List.of(job(), job(), job());
        assertThat(queue.offer(clients)).isTrue();
        assertThat(queue.clients()).isEqualTo(3);
        assertThat(queue.offer(List.of(Job.inBackground(PICTURE)))).isFalse();
        assertThat(queue.size()).isEqualTo(4);

        List<Job> batch = new ArrayList<>();
        batch.add(take());
        queue.fill(batch, 10, Duration.ZERO);
        assertThat(batch).isEqualTo(clients);
        assertThat(queue.take(Duration.ZERO)).isSameAs(background);
    }

    @Test
    void fillsABatchWithWhatIsThereAtOnce() throws Exception {
        List<Job> jobs = List.of(job(), job(), job());
        assertThat(queue.offer(jobs)).isTrue();
        List<Job> batch = new ArrayList<>();

        queue.fill(batch, 2, LONG);
        assertThat(batch).isEqualTo(jobs.subList(0, 2));
        queue.fill(batch, 8, Duration.ZERO);
        assertThat(batch).isEqualTo(jobs);
    }

    @Test
    void waitsForTheRestOfABatchAllInAllAndNoLonger() throws Exception {
        List<Job> batch = new ArrayList<>();
        CompletableFuture<Duration> filled =
                later(
                        () -> {
                            long from = System.nanoTime();
                            queue.fill(batch, 3, Duration.ofMillis(800));
                            return Duration.ofNanos(System.nanoTime() - from);
                        });
        // Each that comes in between must not begin the wait anew.
        long from = System.nanoTime();
        while (!filled.isDone() && System.nanoTime() - from < LONG.toNanos()) {
            Job unwanted = job();
            unwanted.refuse(Refusal.clientGone());
            queue.offer(List.of(unwanted));
            TimeUnit.MILLISECONDS.sleep(10);
        }

        assertThat(filled.join()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(10));
        assertThat(batch).isEmpty();
    }

    @Test
    void aBatchThatIsFullWaitsNoLonger() throws Exception {
        List<Job> batch = new ArrayList<>();
        CompletableFuture<Boolean> filled =
                later(
                        () -> {
                            queue.fill(batch, 2, LONG);
                            return true;
                        });
        Job one = job();
        Job other = job();
        assertThat(queue.offer(List.of(one))).isTrue();
        assertThat(queue.offer(List.of(other))).isTrue();

        assertThat(filled.get(10, TimeUnit.MINUTES)).isTrue();
        assertThat(batch).containsExactly(one, other);
    }

    @Test
    void aWakeLetsWhoWaitsForAJobLookAroundAndABatchGoOn() throws Exception {
        CompletableFuture<Optional<Job>> taken = later(() -> Optional.ofNullable(queue.take(LONG)));
        Deadline.await(() -> queue.takers() == 1);

        queue.wake();

        assertThat(taken.get(10, TimeUnit.MINUTES)).isEmpty();
        assertThat(queue.takers()).isZero();
        assertThat(queue.offer(List.of(job()))).isTrue();
        queue.wake();
        assertThat(queue.take(LONG)).isNotNull();
    }

    @Test
    void itsEndWakesEverybodyAndGivesBackWhatIsLeft() throws Exception {
        CompletableFuture<Optional<Job>> taken = later(() -> Optional.ofNullable(queue.take(LONG)));
        Deadline.await(() -> queue.takers() == 1);
        assertThat(queue.close()).isEmpty();
        assertThat(taken.get(10, TimeUnit.MINUTES)).isEmpty();

        JobQueue other = new JobQueue(3, late::add);
        Job client = job();
        Job background = Job.inBackground(PICTURE);
        assertThat(other.offer(List.of(background))).isTrue();
        assertThat(other.offer(List.of(client))).isTrue();
        assertThat(other.close()).containsExactly(client, background);
        assertThat(other.offer(List.of(job()))).isFalse();
        assertThat(other.take(Duration.ZERO)).isNull();
        List<Job> batch = new ArrayList<>();
        other.fill(batch, 2, LONG);
        assertThat(batch).isEmpty();
    }

    private static Job job() {
        return Job.of(PICTURE);
    }

    private Job take() throws InterruptedException {
        return Objects.requireNonNull(queue.take(Duration.ZERO));
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private static <T> CompletableFuture<T> later(Work<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (InterruptedException e) {
                        throw new CompletionException(e);
                    }
                });
    }
}
