package dev.medzoo.serving.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A token bucket per client: a burst of requests, then a sustained rate. It stores one number per
 * client, the instant at which the bucket is full again (generic cell rate algorithm, ITU-T I.371).
 *
 * <p>It keeps at most {@value #MOST_CLIENTS} clients and evicts the least recently used one, which
 * then starts with a full bucket again. Safe for use by many threads.
 */
public final class ClientRates {
    static final int MOST_CLIENTS = 10_000;

    private static final double LOWEST_RATE = 0.001;
    private static final double HIGHEST_RATE = 1_000_000;
    private static final int LARGEST_BURST = 1_000_000;
    private static final double NANOS_A_SECOND = 1e9;

    private final long nanosBetween;
    private final long toleranceNanos;
    private final LongSupplier nanos;
    private final Map<String, Long> fullAt;

    /**
     * Limits for each client.
     *
     * @param requestsPerSecond sustained rate, 0.001 to 1,000,000
     * @param burst bucket size, 1 to 1,000,000
     * @param nanos a monotonic clock such as {@link System#nanoTime}
     */
    public ClientRates(double requestsPerSecond, int burst, LongSupplier nanos) {
        this(requestsPerSecond, burst, nanos, MOST_CLIENTS);
    }

    ClientRates(double requestsPerSecond, int burst, LongSupplier nanos, int mostClients) {
        if (!(requestsPerSecond >= LOWEST_RATE && requestsPerSecond <= HIGHEST_RATE)) {
            throw new IllegalArgumentException(
                    "requests per second: %s (expected: %s..%.0f)"
                            .formatted(requestsPerSecond, LOWEST_RATE, HIGHEST_RATE));
        }
        if (burst < 1 || burst > LARGEST_BURST) {
            throw new IllegalArgumentException(
                    "burst: %d (expected: 1..%d)".formatted(burst, LARGEST_BURST));
        }
        nanosBetween = Math.round(NANOS_A_SECOND / requestsPerSecond);
        toleranceNanos = nanosBetween * (burst - 1);
        this.nanos = nanos;
        fullAt = new LeastRecentFirst(mostClients);
    }

    /** Evicts the least recently used entry when the map is full. */
    private static final class LeastRecentFirst extends LinkedHashMap<String, Long> {
        private static final long serialVersionUID = 1;

        private final int most;

        LeastRecentFirst(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > most;
        }
    }

    /**
     * Takes one request from a client's bucket. A refused request takes nothing.
     *
     * @param client an address as {@link ClientAddress} gives it, or a token's id
     * @return empty when admitted, else the time until the next request is admitted, above zero
     */
    public synchronized Optional<Duration> tryAcquire(String client) {
        long now = nanos.getAsLong();
        Long seen = fullAt.get(client);
        // Differences, for such a clock may pass the largest number.
        long ahead = seen == null ? 0 : Math.max(0, seen - now);
        if (ahead > toleranceNanos) {
            return Optional.of(Duration.ofNanos(ahead - toleranceNanos));
        }
        fullAt.put(client, now + ahead + nanosBetween);
        return Optional.empty();
    }

    /** How many clients are remembered. */
    public synchronized int clients() {
        return fullAt.size();
    }
}
