package dev.medzoo.serving.dicomweb;

import dev.medzoo.serving.dicomweb.JournalRecord.State;
import dev.medzoo.translate.finding.Finding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Processes one instance: fetches it, predicts, and stores the report. The report's UID is
 * journalled before it is sent. So after a crash the next process knows which report may have
 * arrived, queries the archive, and sends it again if it is missing. Sending a report twice is
 * harmless because its UID is the same.
 */
final class InstanceProcessor {
    private final Archive archive;
    private final FindingService findings;
    private final ReportWriter reports;
    private final Journal journal;

    InstanceProcessor(
            Archive archive, FindingService findings, ReportWriter reports, Journal journal) {
        this.archive = archive;
        this.findings = findings;
        this.reports = reports;
        this.journal = journal;
    }

    /**
     * Makes sure that an instance has its report.
     *
     * @throws NodeException when that failed
     * @throws IOException when the journal cannot be written
     */
    void deliver(Instance instance) throws NodeException, IOException {
        String uid = instance.uid();
        String sent = sent(uid);
        if (sent != null && archive.has(instance.study(), sent)) {
            journal.append(JournalRecord.reported(uid, sent));
            return;
        }
        byte[] file = archive.fetch(instance);
        Finding finding = findings.of(instance, file);
        Report report = reports.write(instance, file, finding);
        if (!report.uid().equals(sent)) {
            journal.append(JournalRecord.sending(uid, report.uid()));
        }
        archive.store(instance.study(), report);
        journal.append(JournalRecord.reported(uid, report.uid()));
    }

    /** UID of a report that may be in the archive, or null when none was sent. */
    private @Nullable String sent(String uid) {
        JournalRecord known = journal.find(uid);
        return known != null && known.state() == State.SENDING ? known.report() : null;
    }
}
