package dev.medzoo.benchmarks.serving;

import dev.medzoo.benchmarks.serving.PeerProcess.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A peer in each shape, of which the better one stands for it: for one client the one with the
 * lower median latency, for more the one that answers more.
 */
final class PeerChoice implements AutoCloseable {
    private static final Duration TRIAL = Duration.ofMillis(2500);
    private static final Duration UNCOUNTED = Duration.ofMillis(500);

    private final String name;
    private final Map<Shape, PeerProcess> servers = new LinkedHashMap<>();
    private final Map<Integer, Shape> best = new HashMap<>();

    /**
     * Starts all shapes.
     *
     * @param name in tables
     * @param runtime word of {@code peer.py}
     * @param graph ONNX file
     * @param logs folder for what they print
     */
    PeerChoice(String name, String runtime, Path python, Path folder, Path graph, Path logs)
            throws IOException {
        this.name = name;
        Map<String, String> settings = Map.of("GRAPH", graph.toString(), "RUNTIME", runtime);
        for (Shape shape : Shape.all(Runtime.getRuntime().availableProcessors())) {
            Path log = Files.createTempFile(logs, runtime, ".log");
            servers.put(shape, PeerProcess.start(python, folder, shape, settings, log));
        }
    }

    void awaitReady(byte[] request) throws IOException, InterruptedException {
        for (Map.Entry<Shape, PeerProcess> each : servers.entrySet()) {
            each.getValue().awaitReady(request, each.getKey());
        }
    }

    /** Tries each shape with each number of clients, and ends those that are never the better. */
    Contender choose(List<Integer> clients, String path, byte[] picture)
            throws IOException, InterruptedException {
        Map<Integer, MeasuredServer> chosen = new HashMap<>();
        for (int each : clients) {
            double most = Double.NEGATIVE_INFINITY;
            for (Map.Entry<Shape, PeerProcess> server : servers.entrySet()) {
                Contender one = new Contender(name, path, Map.of(each, server.getValue()));
                Phase phase = one.run(each, picture, TRIAL, UNCOUNTED);
                double worth = each == 1 ? -phase.p50() : phase.accepted();
                if (worth > most) {
                    most = worth;
                    best.put(each, server.getKey());
                    chosen.put(each, server.getValue());
                }
            }
        }
        Set<Shape> lost = new HashSet<>(servers.keySet());
        lost.removeAll(best.values());
        lost.forEach(each -> servers.remove(each).close());
        return new Contender(name, path, chosen);
    }

    /** The better shape, by the number of clients. */
    Map<Integer, Shape> best() {
        return Map.copyOf(best);
    }

    @Override
    public void close() {
        servers.values().forEach(PeerProcess::close);
    }
}
