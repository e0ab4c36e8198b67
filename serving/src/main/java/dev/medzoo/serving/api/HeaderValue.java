package dev.medzoo.serving.api;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header such as {@code form-data; name="data"; filename="a.png"} (RFC 9110, section 5.6.6).
 *
 * @param value before the first semicolon, in lower case
 * @param parameters by name in lower case; of two the first
 */
record HeaderValue(String value, Map<String, String> parameters) {
    private static final Pattern PARAMETER =
            Pattern.compile(
                    ";\\s*+([^\\s=;\"]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\"]*+))");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    HeaderValue {
        parameters = Map.copyOf(parameters);
    }

    /** Malformed parameters are skipped. */
    static HeaderValue parse(String header) {
        int end = header.indexOf(';');
        String value = end < 0 ? header : header.substring(0, end);
        Map<String, String> parameters = new HashMap<>();
        Matcher each = PARAMETER.matcher(header);
        while (each.find()) {
            String text =
                    each.group(2) == null
                            ? each.group(3).strip()
                            : ESCAPED.matcher(each.group(2)).replaceAll("$1");
            parameters.putIfAbsent(each.group(1).toLowerCase(Locale.ROOT), text);
        }
        return new HeaderValue(value.strip().toLowerCase(Locale.ROOT), parameters);
    }

    String parameter(String name, String usual) {
        return parameters.getOrDefault(name, usual);
    }
}
