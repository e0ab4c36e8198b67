package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operating system says of a process.
 *
 * @param residentMb memory that it holds, in MB of 1024²
 * @param threads of all kinds
 * @param files descriptors that are open
 */
record ProcessFigures(double residentMb, int threads, int files) {
    /** Of the process with that number, now. */
    static ProcessFigures of(long pid) throws IOException {
        Path folder = Path.of("/proc", String.valueOf(pid));
        List<String> status = Files.readAllLines(folder.resolve("status"));
        try (Stream<Path> files = Files.list(folder.resolve("fd"))) {
            return new ProcessFigures(
                    number(status, "VmRSS:") / 1024.0,
                    (int) number(status, "Threads:"),
                    (int) files.count());
        }
    }

    private static long number(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
