package dev.medzoo.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that serves on free ports, which its log names, until it is closed. */
final class Service implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Process process;
    private final Path log;

    private Service(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Service start(Path folder, List<String> command) throws IOException {
        Path log = Files.createTempFile(folder, "service", ".log");
        Process process =
                Ran.builder(folder, command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new Service(process, log);
    }

    /** {@code ./medzoo serve} with one model of 8 bits, over HTTP and gRPC. */
    static Service medzoo(Path folder) throws IOException {
        return start(
                folder,
                List.of(
                        Ran.SOURCES.resolve("medzoo").toString(),
                        "serve",
                        "--port=0",
                        "--set=grpc_port=0",
                        "--set=runtime=onnx-int8",
                        "--set=load_models=pretrained-skin"));
    }

    /**
     * What the log says, once it says so.
     *
     * @param line with one group
     */
    String said(Pattern line) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            Matcher found = line.matcher(Files.readString(log));
            if (found.find()) {
                return found.group(1);
            }
            boolean late = System.nanoTime() - start > DEADLINE_NANOS;
            assertThat(process.isAlive() && !late).as("%s", Files.readString(log)).isTrue();
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
