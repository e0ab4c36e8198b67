package dev.medzoo.serving.api;

import dev.medzoo.serving.api.FormFields.Field;
import dev.medzoo.serving.refusal.Refusal;
import dev.medzoo.serving.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses a {@code multipart/form-data} (RFC 7578) or {@code multipart/related} (RFC 2387) body in
 * linear time: the headers of a part are bounded, and a delimiter is only searched at the start of
 * a line.
 */
public final class MultipartReader {
    /** Maximum size of one part's headers, the default of {@code max_header_size}. */
    static final int MOST_HEADER_BYTES = 8192;

    private static final int LONGEST_BOUNDARY = 70;

    private final byte[] body;
    private final byte[] delimiter;
    private final @Nullable String type;
    private final int maxParts;
    private int at;

    private MultipartReader(byte[] body, String boundary, @Nullable String type, int maxParts) {
        this.body = body;
        this.type = type;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.maxParts = maxParts;
    }

    /**
     * The parts of a form, in their order.
     *
     * @param boundary as the type of the body says
     * @throws RefusedException when it is broken, or has too many parts
     */
    static List<Field> read(byte[] body, String boundary, int maxParts) throws RefusedException {
        return read(body, boundary, null, maxParts);
    }

    /**
     * The parts of a {@code multipart/related} body, in their order and without names.
     *
     * @param boundary as the type of the body says
     * @param type of each part that says its type
     * @throws RefusedException when it is broken, or has too many parts, or another type
     */
    static List<Field> related(byte[] body, String boundary, String type, int maxParts)
            throws RefusedException {
        return read(body, boundary, type, maxParts);
    }

    /**
     * The contents of a {@code multipart/related} body, in their order.
     *
     * @param contentType of the body, which must say that it is one
     * @param type of each part that says its type
     * @throws RefusedException when it is broken, or has too many parts, or another type
     */
    public static List<byte[]> contents(String contentType, byte[] body, String type, int maxParts)
            throws RefusedException {
        HeaderValue header = HeaderValue.parse(contentType);
        if (!header.value().equals("multipart/related")) {
            throw refuse("another type");
        }
        return related(body, header.parameter("boundary", ""), type, maxParts).stream()
                .map(Field::value)
                .toList();
    }

    private static List<Field> read(
            byte[] body, String boundary, @Nullable String type, int maxParts)
            throws RefusedException {
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            throw refuse(
                    "no boundary of 1 to %d characters in its type".formatted(LONGEST_BOUNDARY));
        }
        return new MultipartReader(body, boundary, type, maxParts).fields();
    }

    private List<Field> fields() throws RefusedException {
        List<Field> fields = new ArrayList<>();
        at = startsWithDelimiter(0) ? 0 : nextDelimiter(0);
        while (!isLast()) {
            if (fields.size() == maxParts) {
                throw refuse("over " + maxParts + " parts");
            }
            Map<String, String> headers = headers(fields.size() + 1);
            String name = name(headers, fields.size() + 1);
            checkCoding(headers, fields.size() + 1);
            int end = nextDelimiter(at - 1);
            fields.add(new Field(name, Arrays.copyOfRange(body, at, Math.max(at, lineEnd(end)))));
            at = end;
        }
        return fields;
    }

    /** Skips a delimiter. */
    private boolean isLast() {
        at += delimiter.length;
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }

    /** Reads a part's headers, by name in lower case. */
    private Map<String, String> headers(int part) throws RefusedException {
        int from = at;
        List<String> lines = new ArrayList<>();
        rest(from, part);
        for (String line = line(from, part); !line.isEmpty(); line = line(from, part)) {
            boolean isFolded = line.startsWith(" ") || line.startsWith("\t");
            if (isFolded && !lines.isEmpty()) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line.strip());
            } else {
                lines.add(line);
            }
        }
        Map<String, String> headers = new HashMap<>();
        for (String each : lines) {
            int colon = each.indexOf(':');
            if (colon < 1) {
                throw refuse("part %d has a header without a name".formatted(part));
            }
            headers.putIfAbsent(
                    each.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    each.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Skips padding after a delimiter. */
    private void rest(int from, int part) throws RefusedException {
        if (!line(from, part).isBlank()) {
            throw refuse("part %d begins in the line of its delimiter".formatted(part));
        }
    }

    private String line(int from, int part) throws RefusedException {
        int end = at;
        while (end < body.length && body[end] != '\n') {
            if (end - from >= MOST_HEADER_BYTES) {
                throw refuse(
                        "part %d has over %d bytes of headers".formatted(part, MOST_HEADER_BYTES));
            }
            end++;
        }
        if (end == body.length) {
            throw refuse("it ends within the headers of part " + part);
        }
        String line = new String(body, at, end - at, StandardCharsets.UTF_8);
        at = end + 1;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private String name(Map<String, String> headers, int part) throws RefusedException {
        if (type != null) {
            String given = HeaderValue.parse(headers.getOrDefault("content-type", type)).value();
            if (!given.equals(type)) {
                throw refuse("part %d has content-type %s, not %s".formatted(part, given, type));
            }
            return "";
        }
        HeaderValue disposition =
                HeaderValue.parse(headers.getOrDefault("content-disposition", "none"));
        if (!disposition.value().equals("form-data")) {
            throw refuse(
                    "part %d has content-disposition %s, not form-data"
                            .formatted(part, disposition.value()));
        }
        return disposition.parameter("name", "");
    }

    private static void checkCoding(Map<String, String> headers, int part) throws RefusedException {
        String encoding = headers.getOrDefault("content-transfer-encoding", "binary");
        if (!List.of("binary", "8bit", "7bit").contains(encoding.toLowerCase(Locale.ROOT))) {
            throw refuse("part %d has content-transfer-encoding %s".formatted(part, encoding));
        }
    }

    /** Finds the next delimiter at the start of a line. */
    private int nextDelimiter(int from) throws RefusedException {
        for (int i = Math.max(0, from); i < body.length; i++) {
            if (body[i] == '\n' && startsWithDelimiter(i + 1)) {
                return i + 1;
            }
        }
        throw refuse("no end");
    }

    private boolean startsWithDelimiter(int from) {
        int to = from + delimiter.length;
        return to <= body.length && Arrays.equals(body, from, to, delimiter, 0, delimiter.length);
    }

    /** The end of the content before a delimiter, without its line break. */
    private int lineEnd(int delimiterAt) {
        int end = delimiterAt - 1;
        return end > 0 && body[end - 1] == '\r' ? end - 1 : end;
    }

    static RefusedException refuse(String seen) {
        return new RefusedException(
                Refusal.badRequest(
                        "multipart: "
                                + seen
                                + " (expected: complete, with one part named data or a single part)"));
    }
}
