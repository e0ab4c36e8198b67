package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of every request: each is begun once and ends once, with a status, or because the
 * client left before it saw one, or because the connection was lost.
 */
final class Ledger {
    /** The client left, so nobody knows what the server counted. */
    static final String LEFT = "left";

    /** The connection ended without an answer though the client waited for one. */
    static final String LOST = "lost";

    private static final int MOST_TOLD = 20;

    private final Map<Sender, Integer> begun = new EnumMap<>(Sender.class);
    private final Map<Sender, SortedMap<String, Integer>> ended = new EnumMap<>(Sender.class);
    private final SortedMap<String, Integer> faults = new TreeMap<>();
    private int faultCount;

    synchronized void begin(Sender sender) {
        begun.merge(sender, 1, Integer::sum);
    }

    /** An answer, which is at fault when its status is not one that this sender may get. */
    synchronized void answered(Sender sender, Answer answer) {
        if (!sender.allows(answer.status())) {
            if (!answer.isRefusal()) {
                fault(sender.title() + ": " + answer.status() + " " + answer.body().strip());
            } else if (!answer.hasPlausibleRetryAfter()) {
                fault(sender.title() + ": " + answer.status() + " without a Retry-After of 1..60");
            }
        }
        end(sender, String.valueOf(answer.status()));
    }

    /** An answer that was judged already. */
    synchronized void expected(Sender sender, Answer answer) {
        end(sender, String.valueOf(answer.status()));
    }

    synchronized void left(Sender sender) {
        end(sender, LEFT);
    }

    synchronized void lost(Sender sender, IOException why) {
        fault(sender.title() + ": " + why);
        end(sender, LOST);
    }

    private void end(Sender sender, String outcome) {
        ended.computeIfAbsent(sender, unused -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    /** Something that must not be. */
    synchronized void fault(String what) {
        faultCount++;
        if (faults.size() < MOST_TOLD || faults.containsKey(what)) {
            faults.merge(what, 1, Integer::sum);
        }
    }

    synchronized int faultCount() {
        return faultCount;
    }

    /** How many of each of the first kinds. */
    synchronized SortedMap<String, Integer> faults() {
        return new TreeMap<>(faults);
    }

    synchronized int begun(Sender sender) {
        return begun.getOrDefault(sender, 0);
    }

    synchronized int ended(Sender sender, String outcome) {
        return ended.getOrDefault(sender, new TreeMap<>()).getOrDefault(outcome, 0);
    }

    /** Of all senders together. */
    synchronized int ended(String outcome) {
        return ended.values().stream().mapToInt(each -> each.getOrDefault(outcome, 0)).sum();
    }

    /** All that there were. */
    synchronized SortedSet<String> outcomes() {
        SortedSet<String> all = new TreeSet<>();
        ended.values().forEach(each -> all.addAll(each.keySet()));
        return all;
    }

    /** Whether every request that was begun has ended. */
    synchronized boolean isBalanced() {
        for (Sender sender : Sender.values()) {
            int all = outcomes().stream().mapToInt(each -> ended(sender, each)).sum();
            if (all != begun(sender)) {
                return false;
            }
        }
        return true;
    }
}
