package dev.medzoo.serving.dicomweb;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What became of an instance.
 *
 * @param instance its SOP Instance UID
 * @param state how far it came
 * @param report SOP Instance UID of its report; null before there is one
 * @param reason why there is none, without a word about the patient; null unless it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalRecord(
        String instance, State state, @Nullable String report, @Nullable String reason) {
    /** How far an instance came. */
    enum State {
        /** Its report is about to be sent; whether it arrived, the archive knows. */
        @JsonProperty("sending")
        SENDING,
        /** Its report is in the archive. */
        @JsonProperty("reported")
        REPORTED,
        /** There will be no report. */
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

    /** Whether nothing more happens to it. */
    boolean isSettled() {
        return state != State.SENDING;
    }
}
