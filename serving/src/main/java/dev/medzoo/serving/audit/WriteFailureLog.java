package dev.medzoo.serving.audit;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each reason of a write failure once, and the recovery once. */
final class WriteFailureLog {
    private static final Logger logger = LoggerFactory.getLogger(AuditLog.class);

    /** Maximum number of different reasons that are logged. */
    private static final int MOST = 16;

    private final String file;
    private final Set<String> reasons = new HashSet<>();

    /**
     * @param file for messages
     */
    WriteFailureLog(String file) {
        this.file = file;
    }

    synchronized void add(String reason) {
        if (reasons.size() < MOST && reasons.add(reason)) {
            logger.error("audit log {}: {}", file, reason);
        }
    }

    synchronized void settle(ChainLink last) {
        if (!reasons.isEmpty()) {
            reasons.clear();
            logger.info("audit log {}: writable again, up to {}", file, last);
        }
    }
}
