package dev.medzoo.serving.audit;

import java.util.List;

/**
 * The result of verifying a log.
 *
 * @param files number of files read
 * @param lines number of lines read, valid or not
 * @param events number of valid events
 * @param lost number of events that the log reports as not written
 * @param last the valid line with the highest sequence number, or the starting point when there is
 *     none
 * @param faultCount number of faults
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
    /** Maximum number of faults that are listed. */
    public static final int MOST_FAULTS = 20;

    public AuditReport {
        faults = List.copyOf(faults);
    }

    /** Whether there are no faults. */
    public boolean isFaultless() {
        return faultCount == 0;
    }
}
