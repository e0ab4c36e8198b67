package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one client may cost. */
@Tag("slow")
class LimitsTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with(
                    "workers=1",
                    "load_models=" + SKIN,
                    "max_header_size=1024",
                    "max_parts=3",
                    "max_pixels=100000",
                    "max_connections_per_address=5",
                    "request_read_timeout=3");

    private static final String PATH = "/predictions/" + SKIN;
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);

    @Test
    void headersOfOneRequest() throws IOException {
        try (Wire wire = new Wire(server)) {
            String fits =
                    "GET /ping HTTP/1.1\r\nHost: localhost\r\nh: " + "x".repeat(900) + "\r\n\r\n";
            assertThat(wire.send(fits).response()).startsWith("HTTP/1.1 200 ");
            StringBuilder many = new StringBuilder("GET /ping HTTP/1.1\r\nHost: localhost\r\n");
            for (int i = 0; i < 200; i++) {
                many.append("h").append(i).append(": x\r\n");
            }
            assertThat(wire.send(many + "\r\n").rest())
                    .startsWith("HTTP/1.1 431 ")
                    .contains("\"type\": \"TooLongFrameException\"");
        }
    }

    @Test
    void partsOfAForm() {
        byte[] text = "x".getBytes(StandardCharsets.UTF_8);
        Multipart form = new Multipart().file("data", PICTURE).field("a", text).field("b", text);
        assertThat(server.post(PATH, form.bytes(), "Content-Type", Multipart.TYPE).status())
                .isEqualTo(200);
        Answer refused =
                server.post(PATH, form.field("c", text).bytes(), "Content-Type", Multipart.TYPE);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json("/message").asText()).startsWith("multipart: over 3 parts");
    }

    @Test
    void pixelsOfAPicture() {
        Answer refused = server.post(PATH, DrawnPicture.png(400, 300, 1));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json("/detail").asText()).contains("100000");
        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ping HTTP/1.1\r\nHost: a-host-with-a-long-name\r\n\r\n",
                "POST /predictions/m HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n"
            })
    void timeToSendARequest(String head) throws Exception {
        double before = slow();
        long from = System.nanoTime();
        try (Socket socket = server.connect();
                Wire wire = new Wire(socket)) {
            boolean isBody = head.startsWith("POST");
            wire.send(isBody ? head : "");
            dribble(wire, socket, isBody ? "x".repeat(99) : head);
            assertThat(wire.rest())
                    .startsWith("HTTP/1.1 408 ")
                    .contains(
                            "connection: close",
                            "request: incomplete (expected: complete within 3 s)");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - from))
                .isGreaterThanOrEqualTo(Duration.ofMillis(2900));
        assertThat(slow() - before).isEqualTo(1);
    }

    private static double slow() {
        return PrometheusText.of(server).sum("medzoo_refusals_total", "reason", "slow_request");
    }

    /** A byte now and then, until there is an answer. */
    private static void dribble(Wire wire, Socket socket, String text) throws Exception {
        for (int i = 0; i < text.length() - 1 && socket.getInputStream().available() == 0; i++) {
            wire.send(text.substring(i, i + 1));
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Test
    void connectionsOfOneAddress() throws Exception {
        List<Wire> open = new ArrayList<>();
        try {
            // The test's own client may have some open, so fewer than five fit.
            boolean isFull = false;
            while (!isFull && open.size() < 10) {
                Wire next = new Wire(server);
                open.add(next);
                isFull = !isServed(next);
            }
            assertThat(isFull).isTrue();
            assertThat(open.size()).isBetween(2, 6);
            assertThat(isServed(open.get(0))).isTrue();
        } finally {
            for (Wire each : open) {
                each.close();
            }
        }
        Deadline.await(
                () -> {
                    try (Wire wire = new Wire(server)) {
                        return isServed(wire);
                    } catch (IOException e) {
                        return false;
                    }
                });
        assertThat(PrometheusText.of(server).sum("medzoo_connections_refused_total")).isPositive();
    }

    private static boolean isServed(Wire wire) {
        try {
            return wire.send(PING).response().startsWith("HTTP/1.1 200 ");
        } catch (SocketException e) {
            return false;
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("closed after: ");
            return false;
        }
    }
}
