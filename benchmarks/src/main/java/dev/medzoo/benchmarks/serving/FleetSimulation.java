package dev.medzoo.benchmarks.serving;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * Many servers of one core behind a proxy, simulated event by event. Requests come at random, as
 * patients do (a Poisson process); the proxy handles one after the other and gives each to the
 * server with the fewest requests; a server answers in the order in which they came. A request that
 * would wait longer than the server lets any is refused, as a medzoo server does.
 */
final class FleetSimulation {
    /** What clients of a fleet see that answers in time, for nearly all. */
    private static final double MOST_MILLIS = 1000;

    private static final double MOST_REFUSED = 0.001;

    private final int servers;
    private final double[] serviceMillis;
    private final double proxyMillis;
    private final double maxWaitMillis;

    /**
     * A fleet.
     *
     * @param servers how many there are
     * @param serviceMillis measured: how long a core works on a request, one value drawn for each
     * @param proxyMillis how long the proxy's core works on a request
     * @param maxWaitMillis longest wait of a request that is let in
     */
    FleetSimulation(int servers, double[] serviceMillis, double proxyMillis, double maxWaitMillis) {
        if (servers < 1 || serviceMillis.length == 0) {
            throw new IllegalArgumentException(
                    "fleet: %d servers, %d measured times (expected: one of each at least)"
                            .formatted(servers, serviceMillis.length));
        }
        this.servers = servers;
        this.serviceMillis = serviceMillis.clone();
        this.proxyMillis = proxyMillis;
        this.maxWaitMillis = maxWaitMillis;
    }

    /**
     * What clients see.
     *
     * @param meanMillis from a request to its answer, of those that were answered
     * @param p99Millis the same, what 99 % take at most
     * @param refused share of all requests
     */
    record Seen(double meanMillis, double p99Millis, double refused) {
        /** Whether 99 % are answered within a second, and one in a thousand is refused at most. */
        boolean isGood() {
            return p99Millis <= MOST_MILLIS && refused <= MOST_REFUSED;
        }
    }

    /**
     * Lets requests come. The same seed gives the same.
     *
     * @param rate requests a second
     * @param seconds for how long they come; the first tenth does not count
     */
    Seen at(double rate, double seconds, long seed) {
        Random random = new Random(seed);
        Server[] all = new Server[servers];
        Arrays.setAll(all, unused -> new Server());
        DoubleStream.Builder took = DoubleStream.builder();
        double end = 1000 * seconds;
        double proxyFree = 0;
        int counted = 0;
        int refused = 0;
        int turn = 0;
        for (double now = gap(random, rate); now < end; now += gap(random, rate)) {
            boolean isCounted = now >= end / 10;
            proxyFree = Math.max(proxyFree, now) + proxyMillis;
            Server least = least(all, proxyFree, turn++);
            double service = serviceMillis[random.nextInt(serviceMillis.length)];
            counted += isCounted ? 1 : 0;
            if (least.freeAt - proxyFree > maxWaitMillis) {
                refused += isCounted ? 1 : 0;
                continue;
            }
            double answered = least.take(proxyFree, service);
            if (isCounted) {
                took.add(answered - now);
            }
        }
        double[] sorted = took.build().sorted().toArray();
        return new Seen(
                Arrays.stream(sorted).average().orElse(Double.NaN),
                sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * .99) - 1],
                (double) refused / Math.max(1, counted));
    }

    /** From one request to the next, in milliseconds. */
    private static double gap(Random random, double rate) {
        return -Math.log(1 - random.nextDouble()) * 1000 / rate;
    }

    /** Finds the most requests a second that are answered well, within one in two hundred. */
    double most(double seconds, long seed) {
        double mean = Arrays.stream(serviceMillis).average().orElseThrow();
        double low = 0;
        double high = 1000.0 * servers / mean;
        while (high - low > high / 200) {
            double middle = (low + high) / 2;
            if (at(middle, seconds, seed).isGood()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** That with the fewest requests; of several, another comes first each time. */
    private static Server least(Server[] all, double now, int turn) {
        Server least = all[turn % all.length];
        int fewest = least.waiting(now);
        for (int i = 1; i < all.length && fewest > 0; i++) {
            Server next = all[(turn + i) % all.length];
            int waiting = next.waiting(now);
            if (waiting < fewest) {
                least = next;
                fewest = waiting;
            }
        }
        return least;
    }

    /** One core, which answers one request after the other. */
    private static final class Server {
        private final Deque<Double> ends = new ArrayDeque<>();
        private double freeAt;

        /** How many requests it has, the one that it works on included. */
        int waiting(double now) {
            while (!ends.isEmpty() && ends.peekFirst() <= now) {
                ends.removeFirst();
            }
            return ends.size();
        }

        double take(double now, double service) {
            freeAt = Math.max(freeAt, now) + service;
            ends.addLast(freeAt);
            return freeAt;
        }
    }
}
