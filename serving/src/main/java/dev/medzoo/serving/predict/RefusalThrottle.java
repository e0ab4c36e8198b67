package dev.medzoo.serving.predict;

import java.time.Duration;

/**
 * Delays refusals under overload, so that clients that retry at once do not take the cores from
 * those that wait. A refusal is due
 *
 * <pre>due = max(now, due of the one before + C / cores)</pre>
 *
 * <p>where C, {@value #EACH_MILLIS} ms, is many times what a refusal may cost a core: all of them
 * together take little of the cores. Those that are held back go at the end of the {@value
 * #TOGETHER_MILLIS} ms in which they are due, many at a time: the code and the data of a refusal
 * have left the caches of a core that computes pictures, and cost more to bring back than to use.
 * None is held back longer than a second. A load that waits for no answer, of up to 250 refusals a
 * second and core, hardly notices.
 */
final class RefusalThrottle {
    private static final long EACH_MILLIS = 4;
    private static final long TOGETHER_MILLIS = 40;
    private static final long TOGETHER_NANOS = Duration.ofMillis(TOGETHER_MILLIS).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos() - TOGETHER_NANOS;

    private final long eachNanos;
    private final long beginNanos;
    private long nextNanos;

    /**
     * @param cores of the machine, at least 1
     * @param nowNanos of {@link System#nanoTime}, as all times here
     */
    RefusalThrottle(int cores, long nowNanos) {
        eachNanos = Duration.ofMillis(EACH_MILLIS).toNanos() / cores;
        beginNanos = nowNanos;
        nextNanos = nowNanos;
    }

    /** How long one more refusal is held back. */
    synchronized Duration hold(long nowNanos) {
        long wait = Math.min(LONGEST_NANOS, Math.max(0, nextNanos - nowNanos));
        nextNanos = nowNanos + wait + eachNanos;
        return Duration.ofNanos(wait == 0 ? 0 : together(nowNanos + wait) - nowNanos);
    }

    /** The end of the span of time in which that is. */
    private long together(long dueNanos) {
        long since = dueNanos - beginNanos;
        return beginNanos + (since + TOGETHER_NANOS - 1) / TOGETHER_NANOS * TOGETHER_NANOS;
    }
}
