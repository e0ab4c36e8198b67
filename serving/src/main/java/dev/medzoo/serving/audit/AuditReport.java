package dev.medzoo.serving.audit;

import java.util.List;

/**
 * What became of a log.
 *
 * @param files that were read
 * @param lines that were read, right or not
 * @param events among the right ones
 * @param lost events that the log itself says it could not write
 * @param last the right line with the highest number, or where the reading began when there is none
 * @param faultCount how many things are wrong
 * @param faults the first {@value #MOST_FAULTS} of them, a sentence each
 */
public record AuditReport(
        int files,
        long lines,
        long events,
        long lost,
        ChainLink last,
        long faultCount,
        List<String> faults) {
    /** As many are told one by one. */
    public static final int MOST_FAULTS = 20;

    public AuditReport {
        faults = List.copyOf(faults);
    }

    /** Whether nothing is wrong. */
    public boolean isWhole() {
        return faultCount == 0;
    }
}
