package dev.medzoo.serving.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.serving.dicomweb.NodeException.Remedy;

/**
 * The STOW-RS response for one instance (PS3.18 table 10.5.3-1).
 *
 * @param isStored whether it is listed as stored
 * @param reason Failure Reason (0008,1197), or -1 for none
 */
record StoreResponse(boolean isStored, int reason) {
    private static final String FAILED = "00081198";
    private static final String REFERENCED = "00081199";
    private static final String REASON = "00081197";
    private static final String UID = "00081155";

    /** Failure reason: duplicate SOP instance. */
    private static final int DUPLICATE = 0x0111;

    private static final int PROCESSING = 0x0110;

    static StoreResponse of(JsonNode answer, String uid) {
        boolean isStored = false;
        for (JsonNode each : answer.path(REFERENCED).path("Value")) {
            isStored |= value(each, UID).asText("").equals(uid);
        }
        int reason = -1;
        for (JsonNode each : answer.path(FAILED).path("Value")) {
            reason = value(each, REASON).asInt(PROCESSING);
        }
        return new StoreResponse(isStored, reason);
    }

    private static JsonNode value(JsonNode item, String tag) {
        return item.path(tag).path("Value").path(0);
    }

    /** Checks that the instance is in the archive, by this request or an earlier one. */
    void check() throws NodeException {
        if (isStored || reason == DUPLICATE) {
            return;
        }
        if (reason < 0) {
            throw new NodeException(
                    Remedy.FEW_TRIES,
                    "STOW-RS: the report is not listed as stored (expected: listed)");
        }
        // Out of resources (A7xx) passes by itself; "processing failure" may be anything.
        boolean isFull = reason >> 8 == 0xa7;
        Remedy remedy =
                isFull ? Remedy.LATER : reason == PROCESSING ? Remedy.FEW_TRIES : Remedy.NONE;
        throw new NodeException(
                remedy, "STOW-RS: failure reason %04X (expected: none)".formatted(reason));
    }
}
