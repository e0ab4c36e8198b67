package dev.medzoo.benchmarks.serving;

import java.util.List;
import java.util.Locale;

/**
 * What one server of one core, its store and its proxy need, and what many would answer.
 *
 * @param answered a second, when it is never idle
 * @param coreMillis of its process for each answer
 * @param aloneMillis from a request to its answer when there is no other, sorted
 * @param proxyMillis of HAProxy's process for each answer; {@code NaN} where it is not installed
 * @param startSeconds from its start, with nothing in its cache, to its first healthy answer
 * @param start what it asked of its store for that
 * @param refreshRequests to its store at each look for something new
 * @param refreshBytes of the answers
 * @param idleCores that it keeps busy when nobody asks, with a look each second
 */
record CapacityReport(
        double answered,
        double coreMillis,
        List<Double> aloneMillis,
        double proxyMillis,
        double startSeconds,
        CountedStore.Count start,
        double refreshRequests,
        double refreshBytes,
        double idleCores) {
    private static final int MOST_SERVERS = 4096;

    /** Simulated: long enough for what is a hundredth too much to pile up to a second. */
    private static final double SECONDS = 120;

    private static final double MAX_WAIT_MILLIS = 5000;

    /** More servers help no more when twice as many answer a twentieth more. */
    private static final double HELPS = 1.05;

    CapacityReport {
        aloneMillis = List.copyOf(aloneMillis);
    }

    void print(int pictures, double peakRate) {
        say("| part | figure |%n|---|--:|");
        say("| the server answers, a second | %.1f |", answered);
        say("| server, a picture | %.2f ms of a core |", coreMillis);
        say(
                "| answer to a lone client, median and 99 %% | %.1f and %.1f ms |",
                percentile(.5), percentile(.99));
        say("| proxy, a picture | %s |", proxyCost());
        say(
                "| start with an empty cache | %.1f s, %d requests to the store, %.1f MB |",
                startSeconds, start.requests(), start.bytes() / 1e6);
        say(
                "| one look at the store | %.1f requests, %.1f kB |",
                refreshRequests, refreshBytes / 1e3);
        say("| server that nobody asks, with a look each second | %.3f of a core |%n", idleCores);
        say("| servers of one core | answers a second | of so many alone | proxy's core |");
        say("|--:|--:|--:|--:|");
        double one = fleet(1).most(SECONDS, 1);
        double before = 0;
        for (int servers = 1; servers <= MOST_SERVERS; servers *= 2) {
            double most = fleet(servers).most(SECONDS, servers);
            say(
                    "| %d | %.0f | %.0f %% | %.0f %% |",
                    servers, most, 100 * most / (servers * one), most * proxyWork() / 10);
            if (most < HELPS * before) {
                break;
            }
            before = most;
        }
        say(
                "%n%d pictures a day, %.1f a second in the busiest minute; servers of one core: %d",
                pictures, peakRate, servers(peakRate));
    }

    /** The fewest that answer so many requests a second well. */
    private int servers(double rate) {
        int servers = (int) Math.max(1, Math.floor(rate * coreMillis / 1000));
        while (servers < MOST_SERVERS && !fleet(servers).at(rate, SECONDS, servers).isGood()) {
            servers++;
        }
        return servers;
    }

    /**
     * Servers that need the core for as long as one needs it under load: a lone client also waits
     * for threads to wake up, which under load costs nothing. The times of a lone client say how
     * much requests differ.
     */
    private FleetSimulation fleet(int servers) {
        double mean = aloneMillis.stream().mapToDouble(each -> each).average().orElseThrow();
        double[] service =
                aloneMillis.stream().mapToDouble(each -> each * coreMillis / mean).toArray();
        return new FleetSimulation(servers, service, proxyWork(), MAX_WAIT_MILLIS);
    }

    private double proxyWork() {
        return Double.isNaN(proxyMillis) ? 0 : proxyMillis;
    }

    private String proxyCost() {
        return Double.isNaN(proxyMillis)
                ? "not measured: HAProxy is not installed, so the table has none"
                : String.format(Locale.ROOT, "%.3f ms of a core", proxyMillis);
    }

    private double percentile(double share) {
        return aloneMillis.get(Math.max(0, (int) Math.ceil(share * aloneMillis.size()) - 1));
    }

    private static void say(String line, Object... values) {
        System.out.println(String.format(Locale.ROOT, line, values));
    }
}
