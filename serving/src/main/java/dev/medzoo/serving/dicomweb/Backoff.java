package dev.medzoo.serving.dicomweb;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: each delay is drawn from the upper half of its range, so that
 * many nodes do not retry at once after an outage of their archive.
 */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    /**
     * @param first maximum of the first delay
     * @param longest maximum delay, also for the server's Retry-After
     */
    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /**
     * The delay after a failure.
     *
     * @param failures in a row, from 1
     * @param retryAfter the server's Retry-After
     */
    Duration after(int failures, Duration retryAfter) {
        double doubled = (double) first.toMillis() * Math.pow(2, failures - 1.0);
        long full = (long) Math.min((double) longest.toMillis(), doubled);
        long drawn = random.nextLong(full / 2, full + 1);
        return Duration.ofMillis(
                Math.min(longest.toMillis(), Math.max(drawn, retryAfter.toMillis())));
    }
}
