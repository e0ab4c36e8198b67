package dev.medzoo.serving.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of the three kinds of line, between sequence number and MACs. */
final class Records {
    /** The first line of a file, and the first after a start or a failure. */
    static final String OPENED = "opened";

    /** Reports events that could not be written. */
    static final String LOST = "lost";

    /** An event. */
    static final String REQUEST = "request";

    private Records() {}

    /**
     * @param torn length in bytes of a truncated half-written line
     */
    static Map<String, Object> opened(Instant time, AuditKey key, long torn) {
        Map<String, Object> fields = of(time, OPENED);
        fields.put("key", key.id());
        fields.put("torn", torn);
        return fields;
    }

    /**
     * @param events that were not written since the line before
     */
    static Map<String, Object> lost(Instant time, long events) {
        Map<String, Object> fields = of(time, LOST);
        fields.put("events", events);
        return fields;
    }

    static Map<String, Object> request(Instant time, AuditEvent event) {
        Map<String, Object> fields = of(time, REQUEST);
        fields.put("requestId", event.requestId());
        fields.put("via", event.via().toString());
        fields.put("who", event.who());
        putKnown(fields, "model", event.model());
        putKnown(fields, "version", event.version());
        putKnown(fields, "digest", event.digest());
        putKnown(fields, "input", event.input() == null ? null : event.input().toString());
        fields.put("status", event.status());
        putKnown(fields, "decision", event.decision() == null ? null : fields(event.decision()));
        return fields;
    }

    private static Map<String, Object> fields(AuditDecision decision) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("label", decision.label());
        fields.put("probability", decision.probability());
        fields.put("abstained", decision.abstained());
        return fields;
    }

    private static Map<String, Object> of(Instant time, String kind) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("kind", kind);
        return fields;
    }

    private static void putKnown(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
