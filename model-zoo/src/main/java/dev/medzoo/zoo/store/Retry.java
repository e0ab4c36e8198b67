package dev.medzoo.zoo.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Retry policy of one file: up to {@value #MOST} attempts in a row, with exponential backoff and
 * jitter, so that many clients do not retry at once after an outage.
 */
final class Retry {
    /** Attempts in a row that may bring nothing. */
    static final int MOST = 6;

    /** The most that is waited between two, whatever the server wishes. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** After this nothing is tried again, however much each attempt brought. */
    static final Duration ALTOGETHER = Duration.ofMinutes(30);

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);

    private final RetryClock time;
    private final long begin;
    private int failures;

    Retry(RetryClock time) {
        this.time = time;
        begin = time.nanos();
    }

    /** Says that something came before it broke: the count begins anew. */
    void progressed() {
        failures = 0;
    }

    /**
     * Waits as long as it should before the next attempt.
     *
     * @throws IOException when there should be none: the failure, and how often it was tried
     */
    void after(TransientException failure) throws IOException {
        failures++;
        Duration wait = wait(failure.retryAfter());
        Duration spent = Duration.ofNanos(time.nanos() - begin);
        if (failures >= MOST || spent.plus(wait).compareTo(ALTOGETHER) > 0) {
            throw new IOException(
                    "%s, tried %d times".formatted(failure.getMessage(), failures), failure);
        }
        try {
            time.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException(failure.getMessage() + ", then interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private Duration wait(Duration retryAfter) {
        long millis = FIRST_WAIT.toMillis() << failures;
        millis = ThreadLocalRandom.current().nextLong(millis / 2, millis + 1);
        return Duration.ofMillis(
                Math.min(LONGEST_WAIT.toMillis(), Math.max(millis, retryAfter.toMillis())));
    }
}
