package dev.medzoo.serving.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the lines of a log in order and collects faults. A line is valid if its MAC fits the
 * key, its sequence number follows that of the previous line, and it contains the previous line's
 * MAC.
 */
final class ChainCheck {
    private static final Pattern KEY_ID = Pattern.compile("\"key\":\"([0-9a-f]{16})\"");

    private final MacChain chain;
    private final AuditKey key;
    private final @Nullable ChainLink expected;
    private final List<String> faults = new ArrayList<>();
    private long faultCount;
    private long lines;
    private long wrong;
    private long events;
    private long lost;
    private boolean met;

    /** Key id that the log claims, until a valid line confirms it. */
    private @Nullable String claimedKey;

    /** The valid line with the highest sequence number. */
    private ChainLink last;

    /** Invalid lines since that one. */
    private long wrongSince;

    /**
     * @param start the line that the first line must follow
     * @param expected a line that must exist, or null
     */
    ChainCheck(AuditKey key, ChainLink start, @Nullable ChainLink expected) {
        this.key = key;
        this.chain = new MacChain(key);
        this.last = start;
        this.expected = expected;
        this.met = start.equals(expected);
    }

    /**
     * Verifies the next line.
     *
     * @param where for messages
     * @return its content, or null when it is invalid
     */
    MacChain.@Nullable Line take(String where, byte[] bytes) {
        lines++;
        MacChain.Line line = chain.read(bytes);
        if (line == null) {
            wrong++;
            wrongSince++;
            claim(bytes);
            fault(where + ": changed, or not of this log (expected: the MAC of its bytes)");
            return null;
        }
        place(where, line);
        count(line);
        return line;
    }

    /** Compares its sequence number with that of the last valid line. */
    private void place(String where, MacChain.Line line) {
        long seq = line.link().seq();
        boolean follows = seq == last.seq() + 1 && line.prev().equals(last.mac());
        // Behind wrong lines, it may follow the last of them instead.
        long next = last.seq() + 1 + (follows ? 0 : wrongSince);
        if (seq <= last.seq()) {
            fault("%s: seq %d again, or too late (expected: %d)".formatted(where, seq, next));
            return;
        }
        if (seq > next) {
            fault(
                    "%s: seq %d (expected: %d): what lies between is missing"
                            .formatted(where, seq, next));
        } else if (seq < next) {
            fault("%s: seq %d (expected: %d): lines were inserted".formatted(where, seq, next));
        } else if (wrongSince == 0 && !follows) {
            fault("%s: prev %s (expected: %s)".formatted(where, line.prev(), last.mac()));
        }
        last = line.link();
        wrongSince = 0;
    }

    private void count(MacChain.Line line) {
        if (line.kind().equals(Records.REQUEST)) {
            events++;
        }
        if (line.kind().equals(Records.LOST)) {
            lost += line.fields().path("events").asLong();
        }
        met |= line.link().equals(expected);
    }

    /** The claimed key id tells a wrong key from a changed line. */
    private void claim(byte[] bytes) {
        Matcher said = KEY_ID.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (claimedKey == null && said.find()) {
            claimedKey = said.group(1);
        }
    }

    /** Adds a fault that concerns no single line. */
    void fault(String sentence) {
        faultCount++;
        if (faults.size() < AuditReport.MOST_FAULTS) {
            faults.add(sentence);
        }
    }

    /** Finishes the verification. */
    AuditReport report(int files) {
        if (wrong == lines && claimedKey != null && !claimedKey.equals(key.id())) {
            faults.clear();
            faultCount = 0;
            fault("key: %s (expected: %s, as the log says)".formatted(key.id(), claimedKey));
        }
        if (expected != null && !met) {
            fault(
                    expected.seq() > last.seq()
                            ? "ends with seq %d (expected: at least %d): cut off at the end"
                                    .formatted(last.seq(), expected.seq())
                            : "seq %d: not the line that was noted (expected: MAC %s)"
                                    .formatted(expected.seq(), expected.mac()));
        }
        return new AuditReport(files, lines, events, lost, last, faultCount, faults);
    }
}
