package dev.medzoo.benchmarks.serving;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The time of one phase, of which the first part does not count. All in {@link System#nanoTime()}.
 *
 * @param begin when requests begin
 * @param from when they begin to count
 * @param end when no more are sent
 */
record Window(long begin, long from, long end) {
    Window {
        if (begin > from || from >= end) {
            throw new IllegalArgumentException(
                    "window: %d, %d, %d (expected: in order)".formatted(begin, from, end));
        }
    }

    /** One that begins now. */
    static Window now(Duration whole, Duration uncounted) {
        long begin = System.nanoTime();
        return new Window(begin, begin + uncounted.toNanos(), begin + whole.toNanos());
    }

    boolean counts(long time) {
        return from <= time && time < end;
    }

    /** How long it counts. */
    double seconds() {
        return (end - from) / 1e9;
    }

    /** Returns at that time, or at once when it is past. */
    static void await(long time) throws InterruptedException {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            if (left > TimeUnit.SECONDS.toNanos(1)) {
                TimeUnit.NANOSECONDS.sleep(left);
            } else {
                LockSupport.parkNanos(left);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
