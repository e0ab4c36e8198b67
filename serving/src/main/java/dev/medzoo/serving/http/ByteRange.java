package dev.medzoo.serving.http;

import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.Refusal.Kind;
import dev.medzoo.serving.refusal.RefusedException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a {@code Range} header asks for (RFC 9110, section 14).
 *
 * @param from the first byte
 * @param to the byte after the last
 */
public record ByteRange(int from, int to) {
    private static final Pattern ONE = Pattern.compile("bytes=(?=-?\\d)(\\d{0,18})-(\\d{0,18})");

    /**
     * Parses the header. Several ranges, other units and malformed ranges are ignored, which the
     * RFC allows.
     *
     * @param size of the file
     * @return null for the whole file
     * @throws RefusedException when the range begins after the end
     */
    public static @Nullable ByteRange of(@Nullable String header, int size)
            throws RefusedException {
        Matcher range = ONE.matcher(header == null ? "" : header.strip());
        if (!range.matches()) {
            return null;
        }
        long first = number(range.group(1), -1);
        long last = number(range.group(2), size - 1L);
        if (first < 0) {
            first = Math.max(0, size - last);
            last = size - 1L;
        } else if (last < first && !range.group(2).isEmpty()) {
            return null;
        }
        if (first >= size) {
            throw new RefusedException(
                    new Refusal(
                            Kind.RANGE_BEYOND,
                            "range: beyond the end (expected: within " + size + " bytes)",
                            Map.of("content-range", "bytes */" + size)));
        }
        return new ByteRange((int) first, (int) Math.min(size, last + 1));
    }

    private static long number(String digits, long usual) {
        return digits.isEmpty() ? usual : Long.parseLong(digits);
    }
}
