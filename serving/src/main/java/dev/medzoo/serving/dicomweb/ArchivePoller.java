package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the archive and processes new instances, one after the other. */
final class ArchivePoller {
    private static final Logger logger = LoggerFactory.getLogger(ArchivePoller.class);

    /** Complete scans in a row without an instance before it is forgotten. */
    private static final int LOOKS_UNTIL_FORGOTTEN = 3;

    /** Failed instances in a row before the archive or the model counts as failing. */
    private static final int MOST_FAILURES_IN_A_ROW = 5;

    private final Archive archive;
    private final InstanceProcessor courier;
    private final Journal journal;
    private final RetrySchedule retries;
    private final NodeStatus status;
    private final int maxInstances;
    private final Map<String, Integer> missed = new HashMap<>();
    private boolean isBeyondBound;
    private Duration lookTime = Duration.ZERO;

    ArchivePoller(
            Archive archive,
            InstanceProcessor courier,
            Journal journal,
            RetrySchedule retries,
            NodeStatus status,
            int maxInstances) {
        this.archive = archive;
        this.courier = courier;
        this.journal = journal;
        this.retries = retries;
        this.status = status;
        this.maxInstances = maxInstances;
    }

    /**
     * Polls once.
     *
     * @param isStopping checked before each instance
     * @return whether there is more to do now
     * @throws NodeException when the next poll should be delayed
     */
    boolean run(BooleanSupplier isStopping) throws NodeException {
        long begin = System.nanoTime();
        QueryScan sweep = QueryScan.of(archive, this::isOpen, maxInstances);
        lookTime = Duration.ofNanos(System.nanoTime() - begin);
        status.looked(sweep);
        retries.retainAll(sweep.seen());
        if (!sweep.isComplete() && !isBeyondBound) {
            logger.warn(
                    "more than {} pictures match (expected: at most that; narrow dicomweb_query or raise dicomweb_max_instances): the others get no report",
                    maxInstances);
        }
        isBeyondBound = !sweep.isComplete();
        Map<String, Integer> reasons = new TreeMap<>();
        long before = status.numbers().reports();
        try {
            work(sweep, isStopping, reasons);
        } finally {
            long reported = status.numbers().reports() - before;
            if (reported > 0 || !reasons.isEmpty()) {
                logger.info("{} reports sent; pictures without a report: {}", reported, reasons);
            }
        }
        status.worked();
        if (sweep.isComplete() && !sweep.hasMore()) {
            forgetDeleted(sweep);
        }
        return sweep.hasMore();
    }

    /** How long the last scan took. */
    Duration lookTime() {
        return lookTime;
    }

    private boolean isOpen(Instance instance) {
        JournalRecord known = journal.find(instance.uid());
        return (known == null || !known.isSettled()) && retries.isDue(instance.uid());
    }

    private void work(QueryScan sweep, BooleanSupplier isStopping, Map<String, Integer> reasons)
            throws NodeException {
        int failuresInARow = 0;
        for (Instance each : sweep.open()) {
            if (isStopping.getAsBoolean()) {
                return;
            }
            try {
                courier.deliver(each);
                retries.forget(each.uid());
                status.reported();
                failuresInARow = 0;
            } catch (NodeException e) {
                if (e.remedy() == Remedy.WAIT) {
                    throw e;
                }
                boolean isLasting = fail(each, e);
                reasons.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
                failuresInARow = isLasting ? 0 : failuresInARow + 1;
                if (failuresInARow == MOST_FAILURES_IN_A_ROW) {
                    throw e;
                }
            } catch (IOException e) {
                throw unwritten(e);
            }
        }
    }

    /** Schedules a retry of an instance, or gives it up. */
    private boolean fail(Instance instance, NodeException failure) throws NodeException {
        logger.debug("{}: {}", instance.uid(), failure.getMessage());
        if (failure.remedy() != Remedy.NONE) {
            int failures = retries.failed(instance.uid(), failure.retryAfter());
            if (failure.remedy() == Remedy.LATER || failures < RetrySchedule.FEW) {
                status.failed();
                return false;
            }
        }
        try {
            journal.append(
                    JournalRecord.refused(instance.uid(), String.valueOf(failure.getMessage())));
        } catch (IOException e) {
            throw unwritten(e);
        }
        retries.forget(instance.uid());
        status.refused();
        return true;
    }

    private static NodeException unwritten(IOException failure) {
        return new NodeException(
                Remedy.WAIT,
                "journal: %s (expected: one that can be written)".formatted(failure),
                Duration.ZERO,
                failure);
    }

    /** Removes instances that no longer match from the journal. */
    private void forgetDeleted(QueryScan sweep) {
        missed.keySet().removeAll(sweep.seen());
        for (String each : journal.instances()) {
            if (!sweep.seen().contains(each)
                    && missed.merge(each, 1, Integer::sum) == LOOKS_UNTIL_FORGOTTEN) {
                journal.forget(each);
                missed.remove(each);
            }
        }
    }
}
