package dev.medzoo.serving.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.medzoo.serving.Deadline;
import dev.medzoo.serving.work.CoreLimiter.Share;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class CoreLimiterTest {
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @AfterEach
    void endThreads() throws InterruptedException {
        isOver.set(true);
        for (Thread each : threads) {
            each.interrupt();
            each.join();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "4, 2", "5, 2", "8, 3", "3, 3"})
    void workersTimesThreadsNeverExceedTheCores(int cores, int threadsEach) throws Exception {
        CoreLimiter all = new CoreLimiter(cores, threadsEach);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(24);
        for (int pool = 0; pool < 6; pool++) {
            Share share = all.share();
            for (int worker = 0; worker < 4; worker++) {
                boolean background = worker == 3;
                Random random = new Random(10L * pool + worker);
                start(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                share.acquire(() -> background);
                                most.accumulateAndGet(held.incrementAndGet(), Math::max);
                                LockSupport.parkNanos(1_000);
                                held.decrementAndGet();
                                share.release(random.nextInt(1_000_000));
                            }
                            done.countDown();
                        });
            }
        }

        assertThat(done.await(10, TimeUnit.MINUTES)).isTrue();
        assertThat(most.get() * threadsEach).isLessThanOrEqualTo(cores);
        assertThat(most).hasValue(all.portions());
    }

    @Test
    void refusesMoreThreadsThanCores() {
        assertThatThrownBy(() -> new CoreLimiter(2, 3))
                .hasMessage("threads: 3 (expected: 1..2, the number of cores)");
    }

    /** One of slow batches and many workers, one of quick batches and few. */
    @ParameterizedTest
    @CsvSource({"1, 8, 3, 3, 1", "1, 2, 8, 1, 5", "2, 8, 4, 1, 1", "2, 16, 4, 4, 1"})
    void aFloodedModelAndAnotherGetTheSameTime(
            int portions, int workersOfOne, int workersOfOther, int millisOfOne, int millisOfOther)
            throws Exception {
        CoreLimiter cores = new CoreLimiter(portions, 1);
        AtomicLong one = flood(cores.share(), workersOfOne, millisOfOne);
        AtomicLong other = flood(cores.share(), workersOfOther, millisOfOther);

        Deadline.await(() -> one.get() + other.get() > 500L * portions);

        double share = one.get() / (double) (one.get() + other.get());
        assertThat(share).isCloseTo(0.5, within(0.1));
    }

    @Test
    void aModelThatWasIdleDoesNotSaveItsTimeUp() throws Exception {
        CoreLimiter cores = new CoreLimiter(1, 1);
        AtomicLong busy = flood(cores.share(), 3, 1);
        Deadline.await(() -> busy.get() > 300);

        AtomicLong late = flood(cores.share(), 3, 1);
        Deadline.await(() -> late.get() > 0);
        long before = busy.get();
        Deadline.await(() -> late.get() > 100);

        // With 300 ms saved up, it would have had all of its 100 ms at once.
        assertThat(busy.get() - before).isGreaterThan(60);
    }

    @Test
    void aModelOfOneWorkerWaitsForOneBatchOfTheOtherAtMost() throws Exception {
        CoreLimiter cores = new CoreLimiter(1, 1);
        AtomicLong flooded = flood(cores.share(), 8, 1);
        Share other = cores.share();
        Deadline.await(() -> flooded.get() > 20);
        List<Long> before = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            long start = flooded.get();
            other.acquire(() -> false);
            before.add(flooded.get() - start);
            other.release(1_000_000);
        }
        // One that was under way, and one that was granted just before. The median, as this very
        // thread may be put aside between the first two lines.
        Collections.sort(before);
        assertThat(before.get(25)).isLessThanOrEqualTo(2);
    }

    @Test
    void backgroundWaitsForTheLastClientAndLeavesACoreFree() throws Exception {
        CoreLimiter cores = new CoreLimiter(2, 1);
        Share clients = cores.share();
        clients.acquire(() -> false);
        AtomicBoolean first = new AtomicBoolean();
        AtomicBoolean second = new AtomicBoolean();
        Share background = cores.share();
        awaitWaiting(start(() -> acquire(background, true, first)));
        awaitWaiting(start(() -> acquire(background, true, second)));
        assertThat(first).isFalse();

        clients.release(1);
        Deadline.await(first::get);
        assertThat(second).isFalse();

        // The core that stayed free is there for a client at once.
        clients.acquire(() -> false);
        background.release(1);
        assertThat(second).isFalse();
        clients.release(1);
        Deadline.await(second::get);
    }

    @Test
    void aClientGoesBeforeTheBackgroundThatCameFirst() throws Exception {
        CoreLimiter cores = new CoreLimiter(1, 1);
        Share share = cores.share();
        share.acquire(() -> false);
        AtomicBoolean background = new AtomicBoolean();
        AtomicBoolean client = new AtomicBoolean();
        Share other = cores.share();
        awaitWaiting(start(() -> acquire(other, true, background)));
        // Has had more than the other, and still.
        awaitWaiting(start(() -> acquire(share, false, client)));

        share.release(1_000_000_000);
        Deadline.await(client::get);
        assertThat(background).isFalse();
        share.release(1);
        Deadline.await(background::get);
    }

    @Test
    void backgroundHurriesOnceAClientWaitsBehindIt() throws Exception {
        CoreLimiter cores = new CoreLimiter(2, 1);
        Share busy = cores.share();
        busy.acquire(() -> false);
        AtomicBoolean mine = new AtomicBoolean();
        AtomicBoolean others = new AtomicBoolean();
        Share share = cores.share();
        Share third = cores.share();
        awaitWaiting(start(() -> acquire(share, true, mine)));
        awaitWaiting(start(() -> acquire(third, true, others)));

        share.hurry();

        Deadline.await(mine::get);
        assertThat(others).isFalse();
    }

    @Test
    void anInterruptionGivesEverythingBack() throws Exception {
        CoreLimiter cores = new CoreLimiter(2, 1);
        Share share = cores.share();
        share.acquire(() -> false);
        share.acquire(() -> false);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            boolean background = i % 2 == 0;
            waiting.add(start(() -> acquire(share, background, new AtomicBoolean())));
        }
        for (Thread each : waiting) {
            awaitWaiting(each);
            each.interrupt();
            each.join();
        }

        share.release(1);
        share.release(1);
        assertAllFree(cores);
    }

    @Test
    void interruptionsInTheVeryMomentOfTheGrantGiveEverythingBackToo() throws Exception {
        CoreLimiter cores = new CoreLimiter(2, 1);
        Share share = cores.share();
        for (int round = 0; round < 300; round++) {
            share.acquire(() -> false);
            share.acquire(() -> false);
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(start(() -> holdOnce(share)));
            }
            share.release(1);
            waiting.forEach(Thread::interrupt);
            share.release(1);
            for (Thread each : waiting) {
                each.join();
            }
        }

        assertAllFree(cores);
    }

    /** Both portions at once, for a share that has had nothing. */
    private void assertAllFree(CoreLimiter cores) throws InterruptedException {
        Share fresh = cores.share();
        AtomicBoolean one = new AtomicBoolean();
        AtomicBoolean other = new AtomicBoolean();
        start(() -> acquire(fresh, false, one));
        start(() -> acquire(fresh, false, other));
        Deadline.await(() -> one.get() && other.get());
    }

    /** Workers that never run out of batches; what they were given, in milliseconds. */
    private AtomicLong flood(Share share, int workers, int millis) {
        AtomicLong had = new AtomicLong();
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        for (int i = 0; i < workers; i++) {
            start(
                    () -> {
                        while (!isOver.get()) {
                            share.acquire(() -> false);
                            LockSupport.parkNanos(nanos);
                            had.addAndGet(millis);
                            share.release(nanos);
                        }
                    });
        }
        return had;
    }

    private static void acquire(Share share, boolean background, AtomicBoolean granted)
            throws InterruptedException {
        share.acquire(() -> background);
        granted.set(true);
    }

    private static void holdOnce(Share share) throws InterruptedException {
        share.acquire(() -> false);
        share.release(1);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) throws InterruptedException {
        // With a limit or without: who waits looks from time to time for workers that are stuck.
        Deadline.await(
                () ->
                        thread.getState() == Thread.State.WAITING
                                || thread.getState() == Thread.State.TIMED_WAITING);
    }
}
