package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.JournalRecord.State;
import dev.medzoo.serving.watch.NodeSnapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The node's status for monitoring, without data of instances. */
public final class NodeStatus {
    private final Journal journal;
    private final RetrySchedule retries;
    private long reports;
    private long refusals;
    private long failures;
    private int matching;
    private boolean isBeyondBound;
    private boolean isReachable;
    private String complaint = "";
    private @Nullable Instant lastLook;

    NodeStatus(Journal journal, RetrySchedule retries) {
        this.journal = journal;
        this.retries = retries;
    }

    synchronized void looked(QueryScan sweep) {
        matching = sweep.seen().size();
        isBeyondBound = !sweep.isComplete();
        lastLook = Instant.now();
    }

    synchronized void worked() {
        isReachable = true;
        complaint = "";
    }

    synchronized void waits(String why) {
        isReachable = false;
        complaint = why;
    }

    synchronized void reported() {
        reports++;
    }

    synchronized void refused() {
        refusals++;
    }

    synchronized void failed() {
        failures++;
    }

    /** Counters since the start, and current gauges. */
    public synchronized NodeSnapshot numbers() {
        return new NodeSnapshot(isReachable, matching, reports, refusals, failures, retries.size());
    }

    /** As {@code GET /dicomweb} says it. */
    synchronized Map<String, Object> asMap() {
        Map<String, Object> all = new LinkedHashMap<>();
        if (complaint.isEmpty()) {
            all.put("status", lastLook == null ? "starting" : "watching");
        } else {
            all.put("status", "waiting");
            all.put("reason", complaint);
        }
        if (lastLook != null) {
            all.put("lastLook", lastLook.toString());
        }
        all.put("matching", matching);
        all.put("isBeyondBound", isBeyondBound);
        all.put("reported", journal.count(State.REPORTED));
        all.put("refused", journal.count(State.REFUSED));
        all.put("sending", journal.count(State.SENDING));
        all.put("putOff", retries.size());
        return all;
    }
}
