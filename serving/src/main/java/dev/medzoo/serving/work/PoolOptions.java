package dev.medzoo.serving.work;

import java.time.Duration;

/**
 * Options of the worker pool of one model version.
 *
 * @param minWorkers minimum number of workers, at least 0
 * @param maxWorkers maximum number of workers, at least {@code minWorkers}; with 0 every request is
 *     refused
 * @param queueSize maximum number of queued pictures
 * @param batchSize maximum number of pictures in a batch
 * @param maxBatchDelay how long the first picture of a batch waits for more
 * @param maxIdleTime idle time before a surplus worker stops
 * @param maxWait maximum queueing time of pictures whose clients set no timeout
 * @param isAllOrNothing whether a bad picture spoils its whole batch, as in DJL Serving
 */
public record PoolOptions(
        int minWorkers,
        int maxWorkers,
        int queueSize,
        int batchSize,
        Duration maxBatchDelay,
        Duration maxIdleTime,
        Duration maxWait,
        boolean isAllOrNothing) {
    public PoolOptions {
        check("min_worker", minWorkers, 0, maxWorkers);
        check("max_worker", maxWorkers, 0, 1024);
        check("job_queue_size", queueSize, 1, 1_000_000);
        check("batch_size", batchSize, 1, 1024);
        check("max_batch_delay", maxBatchDelay.toMillis(), 0, 60_000);
        check("max_wait", maxWait.toMillis(), 1, 86_400_000);
        check("max_idle_time", maxIdleTime.toSeconds(), 0, 86_400);
    }

    /** A copy with other numbers of workers. */
    public PoolOptions withWorkers(int min, int max) {
        return new PoolOptions(
                min,
                max,
                queueSize,
                batchSize,
                maxBatchDelay,
                maxIdleTime,
                maxWait,
                isAllOrNothing);
    }

    private static void check(String name, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    "%s: %d (expected: %d..%d)".formatted(name, value, lowest, highest));
        }
    }
}
