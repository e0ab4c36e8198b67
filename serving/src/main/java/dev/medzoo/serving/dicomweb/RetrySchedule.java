package dev.medzoo.serving.dicomweb;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** When instances that failed for the moment are tried again. A restart tries all of them. */
final class RetrySchedule {
    /** Failures of the kind that few tries are worth. */
    static final int FEW = 6;

    private final Backoff backoff;
    private final LongSupplier nanos;
    private final Map<String, Delay> delays = new HashMap<>();

    private record Delay(int failures, long due) {}

    /**
     * @param nanos a clock that only goes forward, such as {@link System#nanoTime}
     */
    RetrySchedule(Backoff backoff, LongSupplier nanos) {
        this.backoff = backoff;
        this.nanos = nanos;
    }

    /** Whether an instance may be tried now. */
    synchronized boolean isDue(String instance) {
        Delay delay = delays.get(instance);
        return delay == null || nanos.getAsLong() - delay.due() >= 0;
    }

    /**
     * Puts an instance off.
     *
     * @return how often it has failed in a row
     */
    synchronized int failed(String instance, Duration wished) {
        Delay before = delays.get(instance);
        int failures = before == null ? 1 : before.failures() + 1;
        long due = nanos.getAsLong() + backoff.after(failures, wished).toNanos();
        delays.put(instance, new Delay(failures, due));
        return failures;
    }

    /** It did not fail this time. */
    synchronized void forget(String instance) {
        delays.remove(instance);
    }

    /** Forgets those that are not there any more. */
    synchronized void retainAll(Set<String> instances) {
        delays.keySet().retainAll(instances);
    }

    /** Instances that are put off. */
    synchronized int size() {
        return delays.size();
    }

    /** Nanoseconds until the first of them is due; negative when it is already. */
    synchronized OptionalLong next() {
        long now = nanos.getAsLong();
        return delays.values().stream().mapToLong(delay -> delay.due() - now).min();
    }
}
