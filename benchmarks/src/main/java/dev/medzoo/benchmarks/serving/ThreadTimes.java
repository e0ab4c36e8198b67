package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long the threads of a Java process ran on a core, by what they do. */
final class ThreadTimes {
    /** Who computes pictures. */
    static final String WORKERS = "workers";

    /** Who receives requests and sends answers. */
    static final String HTTP = "HTTP";

    /** How their names begin. */
    static final String HTTP_NAME = "medzoo-http";

    /** Beginnings of names, of which the operating system keeps 15 characters. */
    private static final List<Map.Entry<String, String>> KINDS =
            List.of(
                    Map.entry(HTTP_NAME, HTTP),
                    Map.entry("medzoo-audit", "audit"),
                    Map.entry("medzoo", "other threads of the server"),
                    Map.entry("ForkJoinPool", "common pool"),
                    Map.entry("GC Thread", "garbage collector"),
                    Map.entry("G1 ", "garbage collector"),
                    Map.entry("C1 Compiler", "compiler"),
                    Map.entry("C2 Compiler", "compiler"),
                    Map.entry("JFR", "recorder"));

    private final Map<Path, Map.Entry<String, Long>> nanos;

    private ThreadTimes(Map<Path, Map.Entry<String, Long>> nanos) {
        this.nanos = nanos;
    }

    /**
     * Since each thread began.
     *
     * @param model whose workers are named after it
     */
    static ThreadTimes now(long pid, String model) throws IOException {
        Map<Path, Map.Entry<String, Long>> nanos = new HashMap<>();
        Path tasks = Path.of("/proc", String.valueOf(pid), "task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                try {
                    String name = Files.readString(thread.resolve("comm")).strip();
                    String ran = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
                    nanos.put(thread, Map.entry(kind(name, model), Long.parseLong(ran)));
                } catch (NoSuchFileException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return new ThreadTimes(nanos);
    }

    private static String kind(String name, String model) {
        if (name.startsWith(model.substring(0, Math.min(model.length(), 15)))) {
            return WORKERS;
        }
        return KINDS.stream()
                .filter(each -> name.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("others");
    }

    /** Seconds since another moment, by kind. */
    Map<String, Double> since(ThreadTimes before) {
        Map<String, Double> seconds = new TreeMap<>();
        nanos.forEach(
                (thread, now) -> {
                    Map.Entry<String, Long> then = before.nanos.get(thread);
                    long ran = now.getValue() - (then == null ? 0 : then.getValue());
                    seconds.merge(now.getKey(), ran / 1e9, Double::sum);
                });
        return seconds;
    }
}
