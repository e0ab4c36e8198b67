package dev.medzoo.training.learn;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Says when a line of progress is due: at once, and then after each interval. */
public final class ProgressInterval {
    private final long interval;
    private final LongSupplier nanos;
    private boolean begun;
    private long next;

    /** A pace by this machine's clock. */
    public ProgressInterval(Duration interval) {
        this(interval, System::nanoTime);
    }

    /**
     * A pace by another clock.
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
