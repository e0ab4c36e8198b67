package dev.medzoo.serving.dicomweb;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** Schedules retries of instances with temporary failures. A restart retries all of them. */
final class RetrySchedule {
    /** Failures that justify only a few retries. */
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

    /** Whether an instance may be processed now. */
    synchronized boolean isDue(String instance) {
        Delay delay = delays.get(instance);
        return delay == null || nanos.getAsLong() - delay.due() >= 0;
    }

    /**
     * Schedules a retry.
     *
     * @return number of failures in a row
     */
    synchronized int failed(String instance, Duration retryAfter) {
        Delay before = delays.get(instance);
        int failures = before == null ? 1 : before.failures() + 1;
        long due = nanos.getAsLong() + backoff.after(failures, retryAfter).toNanos();
        delays.put(instance, new Delay(failures, due));
        return failures;
    }

    /** Resets an instance after success. */
    synchronized void forget(String instance) {
        delays.remove(instance);
    }

    /** Forgets instances that no longer exist. */
    synchronized void retainAll(Set<String> instances) {
        delays.keySet().retainAll(instances);
    }

    /** Number of instances waiting for a retry. */
    synchronized int size() {
        return delays.size();
    }

    /** Nanoseconds until the first retry is due; negative when overdue. */
    synchronized OptionalLong next() {
        long now = nanos.getAsLong();
        return delays.values().stream().mapToLong(delay -> delay.due() - now).min();
    }
}
