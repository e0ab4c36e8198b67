package dev.medzoo.serving.audit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies one line of a log and, through its MAC, all lines before it. Stored where the log's
 * writer has no access, it later proves whether that line still exists.
 *
 * @param seq number of the line, from 1; 0 is where every log begins
 * @param mac of the line, 64 lower-case hexadecimal digits
 */
public record ChainLink(long seq, String mac) {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

    /** The link before the first line of a log. */
    public static final ChainLink START = new ChainLink(0, "0".repeat(64));

    public ChainLink {
        if (seq < 0) {
            throw new IllegalArgumentException("seq: " + seq + " (expected: 0 or more)");
        }
        if (!MAC.matcher(mac).matches()) {
            throw new IllegalArgumentException(
                    "mac: " + mac + " (expected: 64 lower-case hexadecimal digits)");
        }
    }

    /**
     * Parses {@link #toString}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ChainLink parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    text + " (expected: SEQ:MAC, a number and 64 lower-case hexadecimal digits)");
        }
        return new ChainLink(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /** {@code SEQ:MAC}. */
    @Override
    public String toString() {
        return seq + ":" + mac;
    }
}
