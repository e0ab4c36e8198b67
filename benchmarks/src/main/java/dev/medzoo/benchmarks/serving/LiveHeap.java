package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java heap of another process that is really in use: what is left by a full collection. */
final class LiveHeap {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private LiveHeap() {}

    /** Collects, and asks what is left, in MB; by the {@code jcmd} of this process's JDK. */
    static double mb(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        String told = jcmd(pid, "GC.heap_info");
        Matcher used = USED.matcher(told);
        if (!used.find()) {
            throw new IOException("jcmd: " + told + " (expected: the heap's use)");
        }
        return Long.parseLong(used.group(1)) / 1024.0;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process =
                new ProcessBuilder(program, String.valueOf(pid), command)
                        .redirectErrorStream(true)
                        .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + told);
        }
        return told;
    }
}
