package dev.medzoo.training.learn;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Rate-limits progress lines: one at once, then one per interval. */
public final class ProgressInterval {
    private final long interval;
    private final LongSupplier nanos;
    private boolean begun;
    private long next;

    /** Uses the system clock. */
    public ProgressInterval(Duration interval) {
        this(interval, System::nanoTime);
    }

    /**
     * Uses another clock.
     *
     * @param nanos of it, from any beginning
     */
    public ProgressInterval(Duration interval, LongSupplier nanos) {
        this.interval = interval.toNanos();
        this.nanos = nanos;
    }

    /** Whether a line is due now; then the next one is after the interval. */
    public boolean isDue() {
        long now = nanos.getAsLong();
        if (begun && now - next < 0) {
            return false;
        }
        begun = true;
        next = now + interval;
        return true;
    }
}
