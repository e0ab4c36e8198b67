package dev.medzoo.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server of a folder's files, which each client finds below a name of its own. */
final class FolderOverHttp implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> reads = new ConcurrentHashMap<>();

    FolderOverHttp(Path root) throws IOException {
        this.root = root;
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The folder for one client. */
    String address(String client) {
        return "http://127.0.0.1:%d/%s/".formatted(server.getAddress().getPort(), client);
    }

    /** How often a client read a file. */
    int reads(String client, String file) {
        return reads.getOrDefault(client + "/" + file, 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            Path file = root.resolve(path.substring(path.indexOf('/') + 1));
            if (Files.isRegularFile(file)) {
                byte[] bytes = Files.readAllBytes(file);
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            reads.merge(path, 1, Integer::sum);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
