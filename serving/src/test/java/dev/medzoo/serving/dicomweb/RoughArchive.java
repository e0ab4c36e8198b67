package dev.medzoo.serving.dicomweb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as a test says, for what Orthanc never does. */
final class RoughArchive implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();

    /** Paths with their queries, and whether credentials were shown. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** What is done with a request. */
    interface Turn {
        void answer(HttpExchange exchange) throws IOException;
    }

    RoughArchive() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(
                "%s %s %s"
                        .formatted(
                                exchange.getRequestMethod(),
                                exchange.getRequestURI(),
                                shown == null ? "unknown" : "known"));
        exchange.getRequestBody().readAllBytes();
        Turn turn = turns.poll();
        try (exchange) {
            (turn == null ? status(404) : turn).answer(exchange);
        }
    }

    RoughArchive next(Turn... some) {
        turns.addAll(List.of(some));
        return this;
    }

    String root() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/rs/";
    }

    static Turn status(int status, String... header) {
        return exchange -> {
            if (header.length > 0) {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Turn body(int status, String type, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Turn json(String body) {
        return body(200, "application/dicom+json", body);
    }

    /** Begins an answer and sends no more of it until the server is closed. */
    Turn silence() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
