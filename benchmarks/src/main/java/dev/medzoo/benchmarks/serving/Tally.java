package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one client thread saw in one phase. Rates count what was answered within the window, for
 * what a server owes at its end is no throughput; latencies count what was due within it, however
 * late the answer.
 */
final class Tally {
    private static final long LATE_NANOS = 5_000_000;

    private final Window window;

    /** Of accepted requests, from the time they should have been sent. */
    final Latencies fromDue = new Latencies();

    /** Of refused requests, from the time they should have been sent. */
    final Latencies refusals = new Latencies();

    /** Neither accepted nor refused: how many of what. */
    final Map<String, Integer> faults = new TreeMap<>();

    int accepted;
    int refused;
    int due;
    int late;
    int unsent;
    int withoutRetryAfter;

    Tally(Window window) {
        this.window = window;
    }

    /** Was due, but the end came first. */
    void unsent(long dueAt) {
        if (window.counts(dueAt)) {
            due++;
            unsent++;
        }
    }

    void answered(long dueAt, long sentAt, Answer answer) {
        long now = System.nanoTime();
        sent(dueAt, sentAt);
        if (answer.status() == 200) {
            accepted += window.counts(now) ? 1 : 0;
            if (window.counts(dueAt)) {
                fromDue.add(now - dueAt);
            }
        } else if (answer.isRefusal()) {
            refused += window.counts(now) ? 1 : 0;
            withoutRetryAfter += answer.hasPlausibleRetryAfter() ? 0 : 1;
            if (window.counts(dueAt)) {
                refusals.add(now - dueAt);
            }
        } else {
            faults.merge(String.valueOf(answer.status()), 1, Integer::sum);
        }
    }

    void lost(long dueAt, long sentAt, IOException why) {
        sent(dueAt, sentAt);
        faults.merge(why.toString(), 1, Integer::sum);
    }

    private void sent(long dueAt, long sentAt) {
        if (window.counts(dueAt)) {
            due++;
            late += sentAt - dueAt > LATE_NANOS ? 1 : 0;
        }
    }

    void addAll(Tally other) {
        fromDue.addAll(other.fromDue);
        refusals.addAll(other.refusals);
        other.faults.forEach((what, count) -> faults.merge(what, count, Integer::sum));
        accepted += other.accepted;
        refused += other.refused;
        due += other.due;
        late += other.late;
        unsent += other.unsent;
        withoutRetryAfter += other.withoutRetryAfter;
    }
}
