package dev.medzoo.zoo.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real web server over a folder that misbehaves as it is told, one request after the other. */
public final class RoughServer implements AutoCloseable {
    private final Path root;
    private final HttpServer server;
    private final String address;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Turn>> turns = new ConcurrentHashMap<>();

    /** Path and, where one was asked for, range of every request. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** How one request is answered; the exchange is closed afterwards. */
    public interface Turn {
        void answer(HttpExchange exchange, byte[] file) throws Exception;
    }

    public RoughServer(Path root) throws IOException {
        this.root = root;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String address() {
        return address;
    }

    /** The next requests of that path are answered so; those after them well. */
    public RoughServer next(String path, Turn... answers) {
        turns.computeIfAbsent(path, any -> new ArrayDeque<>()).addAll(List.of(answers));
        return this;
    }

    /** As a good server does, with ranges. */
    public static void well(HttpExchange exchange, byte[] file) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, file);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        if (from >= file.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders()
                .set(
                        "Content-Range",
                        "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
        send(exchange, 206, Arrays.copyOfRange(file, from, file.length));
    }

    /** The whole file, whatever was asked. */
    public static void whole(HttpExchange exchange, byte[] file) throws IOException {
        send(exchange, 200, file);
    }

    /** A status, and when to come back. */
    public static Turn status(int status, String retryAfter) {
        return (exchange, file) -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** So many bytes of those that were asked for, then the connection is cut. */
    public static Turn cutAfter(int bytes) {
        return (exchange, file) -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-/*");
            exchange.sendResponseHeaders(range == null ? 200 : 206, file.length - from);
            exchange.getResponseBody().write(file, from, bytes);
            exchange.getResponseBody().flush();
        };
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        String range = exchange.getRequestHeaders().getFirst("Range");
        asked.add(range == null ? path : path + " " + range);
        try (exchange) {
            if (!Files.isRegularFile(root.resolve(path))) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            Turn turn = turns.getOrDefault(path, new ArrayDeque<>()).poll();
            byte[] file = Files.readAllBytes(root.resolve(path));
            (turn == null ? (Turn) RoughServer::well : turn).answer(exchange, file);
        } catch (Exception e) {
            // The client hung up, or the turn was to end so.
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
