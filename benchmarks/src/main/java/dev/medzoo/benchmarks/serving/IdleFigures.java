package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A server when nobody has asked it anything for a while.
 *
 * @param heapMb in use after a full collection
 * @param process what the operating system says
 */
record IdleFigures(double heapMb, ProcessFigures process) {
    static final int MOST_MORE_THREADS = 2;
    static final int MOST_MORE_FILES = 5;
    static final double MOST_MORE_HEAP_MB = 50;

    private static final Duration SETTLE = Duration.ofSeconds(5);

    /** Workers that have nothing to do are let go after a minute by default. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    /** Five seconds from now. */
    static IdleFigures first(long pid) throws IOException, InterruptedException {
        TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
        // Before the threads are counted: the first jcmd of a process starts one in it.
        double heap = LiveHeap.mb(pid);
        return new IdleFigures(heap, ProcessFigures.of(pid));
    }

    /** Five seconds from now, or as soon after as it is like this one again, if it ever is. */
    IdleFigures again(long pid) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        IdleFigures now = first(pid);
        while (!now.isLike(this) && System.nanoTime() < deadline) {
            now = first(pid);
        }
        return now;
    }

    private boolean isLike(IdleFigures before) {
        return process.threads() - before.process.threads() <= MOST_MORE_THREADS
                && process.files() - before.process.files() <= MOST_MORE_FILES
                && heapMb - before.heapMb <= MOST_MORE_HEAP_MB;
    }
}
