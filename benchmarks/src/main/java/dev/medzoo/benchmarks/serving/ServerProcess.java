package dev.medzoo.benchmarks.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * {@code medzoo serve} in a process of its own, on a free port of this machine. What it prints goes
 * to a file.
 */
final class ServerProcess implements MeasuredServer, AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final int TOLD_LINES = 20;

    /** Names of threads, or their beginnings: the operating system keeps 15 characters. */
    private static final List<String> HANDLING =
            List.of("medzoo-http", "medzoo-bodies", "medzoo-deadline", "medzoo-audit");

    private final Process process;
    private final int port;
    private final Path log;

    private ServerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts it, and ends it with this process should nobody stop it before.
     *
     * @param jar of the command
     * @param log file for what it prints
     * @param javaOptions of its Java
     * @param settings by their names in a properties file, such as {@code workers}
     */
    static ServerProcess start(
            Path jar, Path log, List<String> javaOptions, Map<String, String> settings)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the launcher, the image and the unit have it.
        command.add("-XX:G1HeapRegionSize=8m");
        command.addAll(javaOptions);
        command.addAll(List.of("-Djava.awt.headless=true", "-Dai.djl.offline=true", "-jar"));
        command.addAll(List.of(jar.toString(), "serve", "--host", "127.0.0.1", "--port"));
        command.add(String.valueOf(port));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        settings.forEach(
                (key, value) ->
                        builder.environment().put("MEDZOO_" + key.toUpperCase(Locale.ROOT), value));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ServerProcess(process, port, log);
    }

    /** One that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public Duration handlingCpu() throws IOException {
        Path threads = Path.of("/proc", String.valueOf(pid()), "task");
        long nanos = 0;
        try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
            for (Path thread : each) {
                String name = Files.readString(thread.resolve("comm"));
                if (HANDLING.stream().anyMatch(name::startsWith)) {
                    String onCore = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
                    nanos += Long.parseLong(onCore);
                }
            }
        }
        return Duration.ofNanos(nanos);
    }

    /**
     * Asks {@code /ping} until it answers 200 with some models, all of them healthy.
     *
     * @param each is told every answer on the way
     * @throws IOException with the end of the log when that never happens
     */
    void awaitReady(Consumer<Answer> each) throws IOException, InterruptedException {
        byte[] ping = EncodedRequest.get("/ping");
        long deadline = System.nanoTime() + START.toNanos();
        try (KeptConnection client = new KeptConnection(port)) {
            while (process.isAlive() && System.nanoTime() < deadline) {
                try {
                    Answer answer = client.exchange(ping);
                    each.accept(answer);
                    if (answer.status() == 200 && isHealthy(answer.body())) {
                        return;
                    }
                } catch (ConnectException e) {
                    // The port opens when the models are loaded.
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        String state = process.isAlive() ? "not ready" : "ended with " + process.exitValue();
        throw new IOException("server: %s (expected: ready)%n%s".formatted(state, lastLines()));
    }

    private static boolean isHealthy(String ping) throws IOException {
        JsonNode models = new JsonMapper().readTree(ping);
        for (JsonNode model : models) {
            if (!model.path("status").asText().equals("Healthy")) {
                return false;
            }
        }
        return !models.isEmpty();
    }

    /** The end of what it printed. */
    String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES), lines.size()));
    }

    /**
     * Asks it to end (SIGTERM), and ends it when it does not.
     *
     * @return its exit code, which is 0 when it finished what it had begun
     */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    /** Ends it at once, unless it has been stopped. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
