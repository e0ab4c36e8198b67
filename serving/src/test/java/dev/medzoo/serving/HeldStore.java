package dev.medzoo.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.medzoo.zoo.store.CacheFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A folder behind HTTP, as a store for a server. Who asks for weights waits until {@link #release},
 * so what that server loads is pending until then. Its copies go into a folder of their own.
 */
final class HeldStore implements AutoCloseable {
    private final Path root;
    private final String cacheBefore = System.getProperty(CacheFolder.PROPERTY, "");
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /**
     * @param root the folder
     * @param cache an empty one
     */
    HeldStore(Path root, Path cache) throws IOException {
        this.root = root;
        System.setProperty(CacheFolder.PROPERTY, cache.toString());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Where it is. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Lets everybody have what they wait for. */
    void release() {
        released.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Path file = root.resolve(exchange.getRequestURI().getPath().substring(1));
        try (exchange) {
            if (file.toString().endsWith(".params")) {
                released.await();
            }
            boolean isThere = Files.isRegularFile(file);
            byte[] bytes = isThere ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(isThere ? 200 : 404, isThere ? bytes.length : -1);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
        System.setProperty(CacheFolder.PROPERTY, cacheBefore);
    }
}
