package dev.medzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers behind HAProxy and behind nginx, as {@code deploy} configures both: one server after
 * the other is replaced by a new process while clients ask, and no request fails.
 */
@Tag("slow")
class RollingReplacementTest {
    private static final Path PICTURE =
            Path.of("../model-store/pretrained-skin/2.2.0/golden/drawn-1.png");

    /** Of each proxy. */
    private static final int CLIENTS = 2;

    private static final long PAUSE_MILLIS = 100;
    private static final int MOST_REQUESTS = 100_000;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean isOver;

    @TempDir Path folder = Path.of("");

    private ServerProcess start(int port) throws IOException {
        return ServerProcess.start(
                folder,
                Map.of(),
                "port=" + port,
                "load_models=pretrained-skin",
                "workers=1",
                "max_wait=86400",
                "stop_delay=5",
                "access_log=false");
    }

    @Test
    void noRequestFailsWhileBothAreReplaced() throws Exception {
        List<Integer> ports = List.of(ServerProcess.freePort(), ServerProcess.freePort());
        int countPort = ServerProcess.freePort();
        List<ServerProcess> servers = new ArrayList<>();
        List<Thread> clients = new ArrayList<>();
        try {
            for (int port : ports) {
                servers.add(start(port));
            }
            for (ServerProcess each : servers) {
                each.await("/ready", 200);
            }
            try (ReverseProxy haproxy =
                            ReverseProxy.haproxy(folder, ports.get(0), ports.get(1), countPort);
                    ReverseProxy nginx = ReverseProxy.nginx(folder, ports.get(0), ports.get(1))) {
                awaitBoth(countPort);
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(client(haproxy.address()));
                    clients.add(client(nginx.address()));
                }
                for (int i = 0; i < servers.size(); i++) {
                    awaitMore();
                    servers.get(i).terminate();
                    assertThat(servers.get(i).exitCode()).as(servers.get(i).log()).isZero();
                    awaitMore();
                    servers.set(i, start(ports.get(i)));
                    servers.get(i).await("/ready", 200);
                    awaitBoth(countPort);
                    awaitAnswersOf(servers.get(i));
                }
                isOver = true;
                for (Thread each : clients) {
                    each.join();
                }
            }
        } finally {
            isOver = true;
            servers.forEach(ServerProcess::close);
        }

        System.out.printf(
                "rolling replacement: %d answers, %d failures%n", answers.get(), failures.size());
        assertThat(failures).isEmpty();
        assertThat(answers.get()).isGreaterThan(4 * CLIENTS);
    }

    /** HAProxy takes both servers for ready. */
    private static void awaitBoth(int countPort) throws Exception {
        URI count = URI.create("http://127.0.0.1:" + countPort);
        ServerProcess.awaitThat(() -> ServerProcess.get(count).body().equals("2"));
    }

    /** A few more answers came. */
    private void awaitMore() throws Exception {
        int now = answers.get();
        ServerProcess.awaitThat(() -> answers.get() > now + 4 * CLIENTS || !failures.isEmpty());
    }

    /** The new server answered too. */
    private static void awaitAnswersOf(ServerProcess server) throws Exception {
        URI metrics = server.address().resolve("/metrics?name%5B%5D=medzoo_requests_total");
        ServerProcess.awaitThat(
                () -> ServerProcess.get(metrics).body().contains("medzoo_requests_total{"));
    }

    private Thread client(URI proxy) throws IOException {
        byte[] picture = Files.readAllBytes(PICTURE);
        URI asked = proxy.resolve("/predictions/pretrained-skin");
        Thread client =
                new Thread(
                        () -> {
                            for (int i = 0; i < MOST_REQUESTS && !isOver; i++) {
                                ask(asked, picture);
                            }
                        });
        client.start();
        return client;
    }

    private void ask(URI asked, byte[] picture) {
        try {
            HttpResponse<String> answer = ServerProcess.post(asked, "image/png", picture);
            if (answer.statusCode() == 200) {
                answers.incrementAndGet();
            } else {
                failures.add(asked + ": " + answer.statusCode() + " " + answer.body());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (IOException e) {
            failures.add(asked + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
