package dev.medzoo.serving.dicomweb;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row. The waits double and each is drawn from the upper half
 * of its range, so that many nodes of one archive that failed do not come back all at once.
 */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    /**
     * @param first wait, at most
     * @param longest wait, whatever the other side wishes
     */
    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /**
     * The wait after a failure.
     *
     * @param failures in a row, from 1
     * @param wished by the other side
     */
    Duration after(int failures, Duration wished) {
        double doubled = (double) first.toMillis() * Math.pow(2, failures - 1.0);
        long whole = (long) Math.min((double) longest.toMillis(), doubled);
        long drawn = random.nextLong(whole / 2, whole + 1);
        return Duration.ofMillis(Math.min(longest.toMillis(), Math.max(drawn, wished.toMillis())));
    }
}
