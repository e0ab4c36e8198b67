package dev.medzoo.benchmarks.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** A folder as a store over HTTP, on a free port of this machine, which counts what is asked. */
final class CountedStore implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * What was asked so far.
     *
     * @param requests how many
     * @param bytes of all bodies
     */
    record Count(long requests, long bytes) {
        Count since(Count before) {
            return new Count(requests - before.requests, bytes - before.bytes);
        }
    }

    CountedStore(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Count count() {
        return new Count(requests.sum(), bytes.sum());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.increment();
            String path = exchange.getRequestURI().getPath().substring(1);
            Path file = folder.resolve(path).normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            long size = Files.size(file);
            bytes.add(size);
            exchange.sendResponseHeaders(200, size == 0 ? -1 : size);
            try (OutputStream out = exchange.getResponseBody()) {
                Files.copy(file, out);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
