package dev.medzoo.benchmarks.serving;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one phase of load measured. Rates are a second, latencies milliseconds, {@code NaN} where
 * nothing of the kind happened.
 *
 * @param name what load it was
 * @param connections most requests at a time
 * @param offered rate of requests that were due
 * @param accepted rate of answers 200
 * @param refused rate of answers 429 and 503
 * @param p50 of accepted requests from the time they were due
 * @param p95 as {@code p50}
 * @param p99 as {@code p50}
 * @param longest as {@code p50}
 * @param refusalP50 of refused requests from the time they were due
 * @param late share of requests that were sent 5 ms or more after they were due
 * @param unsent share of requests that were never sent, every connection being busy
 * @param withoutRetryAfter refusals that do not say when to come again
 * @param faults neither accepted nor refused: how many of what
 * @param cores that were kept busy
 */
record Phase(
        String name,
        int connections,
        double offered,
        double accepted,
        double refused,
        double p50,
        double p95,
        double p99,
        double longest,
        double refusalP50,
        double late,
        double unsent,
        int withoutRetryAfter,
        Map<String, Integer> faults,
        CoreTime cores) {
    Phase {
        faults = Map.copyOf(faults);
    }

    /** Of all that were answered or refused, the share of the latter. */
    double refusedShare() {
        return refused / Math.max(1e-9, accepted + refused);
    }

    /** The figures of a tally. */
    static Phase of(String name, Load load, Tally all, double seconds, CoreTime cores) {
        double accepted = all.accepted / seconds;
        double refused = all.refused / seconds;
        return new Phase(
                name,
                load.connections(),
                Double.isNaN(load.rate()) ? accepted + refused : all.due / seconds,
                accepted,
                refused,
                all.fromDue.percentileMillis(50),
                all.fromDue.percentileMillis(95),
                all.fromDue.percentileMillis(99),
                all.fromDue.percentileMillis(100),
                all.refusals.percentileMillis(50),
                (double) all.late / Math.max(1, all.due),
                (double) all.unsent / Math.max(1, all.due),
                all.withoutRetryAfter,
                new TreeMap<>(all.faults),
                cores);
    }
}
