package dev.medzoo.training.learn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the processor has done for this process, and which processor it is. */
public final class ProcessorTime {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private ProcessorTime() {}

    /** Of all threads so far, in hours of one core; 0 where the system does not tell. */
    public static double hours() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis()
                / 3.6e6;
    }

    /** Such as {@code AMD EPYC, 2 cores}; the architecture where the system does not name it. */
    public static String machine() {
        return "%s, %d cores".formatted(model(), Runtime.getRuntime().availableProcessors());
    }

    private static String model() {
        String architecture = System.getProperty("os.arch", "unknown processor");
        try {
            List<String> lines =
                    Files.exists(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.of();
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            return architecture;
        }
    }
}
