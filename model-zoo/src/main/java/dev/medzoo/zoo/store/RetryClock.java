package dev.medzoo.zoo.store;

import java.time.Duration;

/** The clock of {@link Retry}. */
interface RetryClock {
    /** The one on the wall. */
    RetryClock REAL =
            new RetryClock() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public void sleep(Duration duration) throws InterruptedException {
                    Thread.sleep(duration.toMillis());
                }
            };

    /** As {@link System#nanoTime()}. */
    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
