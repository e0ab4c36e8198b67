package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** How much memory a server of several models holds once each has answered some pictures. */
final class ResidentTrial {
    private static final List<String> JAVA = List.of("-Xmx512m");
    private static final int PICTURES = 20;
    private static final int CLIENTS = 2;

    private final Path jar;
    private final List<String> models;
    private final byte[] picture;

    /**
     * @param models names of artifacts
     */
    ResidentTrial(Path jar, List<String> models, byte[] picture) {
        this.jar = jar;
        this.models = List.copyOf(models);
        this.picture = picture;
    }

    /**
     * Starts a server, asks it and ends it.
     *
     * @param settings of the server
     * @return in MB of 1024²
     */
    double residentMb(Map<String, String> settings, Path log)
            throws IOException, InterruptedException, ExecutionException {
        try (ServerProcess server = ServerProcess.start(jar, log, JAVA, settings)) {
            server.awaitReady(unused -> {});
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            Callable<Integer> ask = () -> ask(server.port());
            for (var each : clients.invokeAll(Collections.nCopies(CLIENTS, ask))) {
                each.get();
            }
            clients.shutdown();
            double residentMb = ProcessFigures.of(server.pid()).residentMb();
            server.stop();
            return residentMb;
        }
    }

    /** One client, which asks each model; how many answers it has. */
    private int ask(int port) throws IOException {
        try (KeptConnection client = new KeptConnection(port)) {
            for (String model : models) {
                byte[] request = EncodedRequest.post("/predictions/" + model, picture);
                for (int i = 0; i < PICTURES; i++) {
                    Answer answer = client.exchange(request);
                    if (answer.status() != 200) {
                        throw new IOException(
                                "%s: %d %s (expected: 200)"
                                        .formatted(model, answer.status(), answer.body()));
                    }
                }
            }
        }
        return PICTURES * models.size();
    }
}
