package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of FastAPI and its worker processes, on a free port of this machine. */
final class PeerProcess implements MeasuredServer, AutoCloseable {
    private static final Duration START = Duration.ofMinutes(8);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Process process;
    private final int port;
    private final Path log;

    /**
     * How a peer shares the cores.
     *
     * @param processes that answer
     * @param threads that compute in each
     */
    record Shape(int processes, int threads) {
        /** One process for all cores, and two that share them. */
        static List<Shape> all(int cores) {
            return List.of(new Shape(1, cores), new Shape(2, Math.max(1, cores / 2)));
        }

        @Override
        public String toString() {
            return processes + "×" + threads;
        }
    }

    private PeerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts it, and ends it with this process should nobody stop it before.
     *
     * @param python that has what {@code peer.py} needs
     * @param folder of {@code peer.py}
     * @param settings its environment
     * @param log file for what it prints
     */
    static PeerProcess start(
            Path python, Path folder, Shape shape, Map<String, String> settings, Path log)
            throws IOException {
        int port = ServerProcess.freePort();
        List<String> command =
                List.of(
                        python.toString(),
                        "-m",
                        "uvicorn",
                        "--app-dir",
                        folder.toString(),
                        "--port",
                        String.valueOf(port),
                        "--workers",
                        String.valueOf(shape.processes()),
                        "--timeout-worker-healthcheck",
                        String.valueOf(START.toSeconds()),
                        "--no-access-log",
                        "peer:app");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(settings);
        builder.environment().put("THREADS", String.valueOf(shape.threads()));
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(shape.threads()));
        PeerProcess peer = new PeerProcess(builder.start(), port, log);
        Runtime.getRuntime().addShutdownHook(new Thread(peer::close));
        return peer;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Duration cpu() {
        return tree().map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /**
     * Waits until each of its processes has begun and one has answered.
     *
     * @throws IOException with what it printed when that never happens
     */
    void awaitReady(byte[] request, Shape shape) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        int began = 0;
        while (began < shape.processes()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String state = process.isAlive() ? "not ready" : "ended";
                throw new IOException(
                        "peer: %s (expected: ready)%n%s".formatted(state, Files.readString(log)));
            }
            TimeUnit.MILLISECONDS.sleep(200);
            // Uvicorn says so once for each of its processes.
            began =
                    (int)
                            Files.readAllLines(log).stream()
                                    .filter(line -> line.contains("Application startup complete"))
                                    .count();
        }
        try (KeptConnection client = new KeptConnection(port)) {
            Answer answer = client.exchange(request);
            if (answer.status() != 200) {
                throw new IOException(
                        "peer: %d %s (expected: 200)".formatted(answer.status(), answer.body()));
            }
        }
    }

    /** Ends it and its worker processes. */
    @Override
    public void close() {
        List<ProcessHandle> all = tree().toList();
        process.destroy();
        try {
            process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
