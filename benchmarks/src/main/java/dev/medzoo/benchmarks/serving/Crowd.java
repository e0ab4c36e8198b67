package dev.medzoo.benchmarks.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Visitors that come again and again until they are told to stop. */
final class Crowd {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Ledger ledger;

    /** Lets them come. */
    Crowd(List<Visitor> visitors, Ledger ledger) {
        this.ledger = ledger;
        for (Visitor visitor : visitors) {
            Random random = new Random(threads.size());
            Thread thread = new Thread(() -> keepVisiting(visitor, random), "visitor");
            threads.add(thread);
            thread.start();
        }
    }

    private void keepVisiting(Visitor visitor, Random random) {
        try (visitor) {
            do {
                visitor.visit(random);
            } while (!stopped.await(
                    (long) (random.nextDouble() * visitor.mostPauseMillis()),
                    TimeUnit.MILLISECONDS));
        } catch (Exception e) {
            ledger.fault(visitor.getClass().getSimpleName() + " ended: " + e);
        }
    }

    /** Waits until the last has left. */
    void stop() throws InterruptedException {
        stopped.countDown();
        for (Thread each : threads) {
            each.join();
        }
    }
}
