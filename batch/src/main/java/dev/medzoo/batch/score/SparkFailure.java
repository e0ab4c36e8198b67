package dev.medzoo.batch.score;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in one line why a job of Spark failed. */
final class SparkFailure {
    /** Where Spark's message has that of the task. */
    private static final Pattern TASK =
            Pattern.compile("most recent failure: [^\\n]*?\\): ([^\\n]+)");

    /** What Spark says of jobs that it no longer does, whether it is asked before or after. */
    private static final Pattern STOPPED =
            Pattern.compile("SparkContext was shut down|stopped SparkContext");

    private SparkFailure() {}

    static String line(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable e = failure; e != null; e = e.getCause()) {
            String message = e.getMessage();
            if (message != null) {
                if (STOPPED.matcher(message).find()) {
                    return "score: stopped, by a signal or for lack of memory (expected: the end; the same command goes on)";
                }
                Matcher task = TASK.matcher(message);
                if (task.find()) {
                    return said(task.group(1));
                }
            }
            deepest = e;
        }
        return said(String.valueOf(deepest.getMessage()));
    }

    private static String said(String cause) {
        String line =
                cause.lines()
                        .findFirst()
                        .orElse(cause)
                        .replaceFirst("^(?:[a-z]\\w*\\.)+[A-Z]\\w*: ", "");
        return "score: a task failed: %s%s"
                .formatted(
                        line,
                        line.contains("(expected")
                                ? ""
                                : " (expected: that each ends; the same command goes on)");
    }
}
