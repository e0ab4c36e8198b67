package dev.medzoo.serving.dicomweb;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * State of an instance.
 *
 * @param instance its SOP Instance UID
 * @param state of its processing
 * @param report SOP Instance UID of its report; null before there is one
 * @param reason of a failure, without patient data; null unless it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalRecord(
        String instance, State state, @Nullable String report, @Nullable String reason) {
    /** States of an instance. */
    enum State {
        /** Its report is being sent and may have arrived. */
        @JsonProperty("sending")
        SENDING,
        /** Its report is in the archive. */
        @JsonProperty("reported")
        REPORTED,
        /** Failed for good: there will be no report. */
        @JsonProperty("refused")
        REFUSED
    }

    JournalRecord {
        boolean isSent = state == State.SENDING || state == State.REPORTED;
        if (!Instance.isUid(instance) || (isSent && (report == null || !Instance.isUid(report)))) {
            throw new IllegalArgumentException(
                    "record: %s without UIDs (expected: that of the instance, and of a report sent)"
                            .formatted(state));
        }
    }

    static JournalRecord sending(String instance, String report) {
        return new JournalRecord(instance, State.SENDING, report, null);
    }

    static JournalRecord reported(String instance, String report) {
        return new JournalRecord(instance, State.REPORTED, report, null);
    }

    static JournalRecord refused(String instance, String reason) {
        return new JournalRecord(instance, State.REFUSED, null, reason);
    }

    /** Whether the state is final. */
    boolean isSettled() {
        return state != State.SENDING;
    }
}
