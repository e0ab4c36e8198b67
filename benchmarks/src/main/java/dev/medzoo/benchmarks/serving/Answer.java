package dev.medzoo.benchmarks.serving;

import org.jspecify.annotations.Nullable;

/**
 * One answer over HTTP.
 *
 * @param head the status line and the headers, as sent
 * @param body read as UTF-8
 */
record Answer(int status, String head, String body) {
    private static final int LONGEST_RETRY_SECONDS = 60;

    /** The first header of a name in any case, or null. */
    @Nullable String header(String name) {
        int line = head.indexOf("\r\n") + 2;
        while (line > 1 && line < head.length()) {
            int colon = line + name.length();
            int end = head.indexOf("\r\n", line);
            if (head.startsWith(":", colon)
                    && head.regionMatches(true, line, name, 0, name.length())) {
                return head.substring(colon + 1, end).strip();
            }
            line = end + 2;
        }
        return null;
    }

    /** Whether the server closes the connection after it. */
    boolean closes() {
        return "close".equalsIgnoreCase(header("connection"));
    }

    /** Whether the server says that it is too busy, for this client or for all. */
    boolean isRefusal() {
        return status == 429 || status == 503;
    }

    /** Whether it says in how many seconds to come again, from 1 to 60. */
    boolean hasPlausibleRetryAfter() {
        String seconds = header("retry-after");
        return seconds != null
                && seconds.matches("[1-9]\\d?")
                && Integer.parseInt(seconds) <= LONGEST_RETRY_SECONDS;
    }
}
