package dev.medzoo.serving.predict;

import java.time.Duration;

/**
 * Holds back refusals of a load that is too much, so that clients who come again at once do not
 * take the cores from those who wait. A refusal is due
 *
 * <pre>due = max(now, due of the one before + C / cores)</pre>
 *
 * <p>where C, {@value #EACH_MILLIS} ms, is twenty times what a refusal may cost a core: all of them
 * together take a twentieth of the cores at most. None is held back longer than a second. A load
 * that waits for no answer, of up to 250 refusals a second and core, hardly notices.
 */
final class RefusalPace {
    private static final long EACH_MILLIS = 4;
    private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();

    private final long eachNanos;
    private long nextNanos;

    /**
     * @param cores of the machine, at least 1
     * @param nowNanos of {@link System#nanoTime}, as all times here
     */
    RefusalPace(int cores, long nowNanos) {
        eachNanos = Duration.ofMillis(EACH_MILLIS).toNanos() / cores;
        nextNanos = nowNanos;
    }

    /** How long one more refusal is held back. */
    synchronized Duration hold(long nowNanos) {
        long wait = Math.min(LONGEST_NANOS, Math.max(0, nextNanos - nowNanos));
        nextNanos = nowNanos + wait + eachNanos;
        return Duration.ofNanos(wait);
    }
}
