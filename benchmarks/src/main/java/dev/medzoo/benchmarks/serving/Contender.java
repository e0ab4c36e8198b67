package dev.medzoo.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A server that is compared with others.
 *
 * @param name in tables
 * @param path that it answers pictures at
 * @param servers that stand for it, by the number of clients
 */
record Contender(String name, String path, Map<Integer, MeasuredServer> servers) {
    Contender {
        servers = Map.copyOf(servers);
    }

    /** What so many clients see. */
    Phase run(int clients, byte[] picture, Duration whole, Duration uncounted)
            throws IOException, InterruptedException {
        byte[] request = EncodedRequest.post(path, picture);
        return new LoadRunner(server(clients), request, whole, uncounted).closed(clients);
    }

    MeasuredServer server(int clients) {
        MeasuredServer server = servers.get(clients);
        if (server == null) {
            throw new IllegalArgumentException(
                    "clients: %d (expected: one of %s)".formatted(clients, servers.keySet()));
        }
        return server;
    }
}
