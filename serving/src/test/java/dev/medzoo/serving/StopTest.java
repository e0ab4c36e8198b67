package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Tag("slow")
class StopTest {
    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] LARGE = DrawnPicture.png(2000, 1500, 1);
    private static final int CLIENTS = 8;

    @Test
    void answersEveryRequestThatHasBegun() throws Exception {
        RunningServer server = RunningServer.with("workers=1").start();
        List<Wire> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Wire wire = new Wire(server).send("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(wire.response()).startsWith("HTTP/1.1 200 ");
            clients.add(wire);
        }
        int port = server.address().getPort();
        for (Wire wire : clients) {
            wire.post(PATH, LARGE);
        }
        awaitQueue(server);

        server.server().close();

        List<String> statuses = new ArrayList<>();
        int before = 0;
        for (Wire wire : clients) {
            String response = wire.rest();
            before += response.contains("connection: close") ? 0 : 1;
            statuses.add(response.substring(9, 12));
            wire.close();
        }
        // The only worker may have answered one between the look at the queue and the stop.
        assertThat(before).isLessThanOrEqualTo(1);
        assertThat(statuses).contains("200").allMatch(each -> List.of("200", "503").contains(each));
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(ConnectException.class);
        server.server().awaitTermination();
        server.server().close();
    }

    @Test
    void givesUpOnAClientThatNeverFinishesItsRequest() throws Exception {
        RunningServer server = RunningServer.with("workers=1", "drain_timeout=1").start();
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n";
        try (Wire wire = new Wire(server).send(head.formatted(PATH))) {
            assertThat(wire.head()).startsWith("HTTP/1.1 100 ");
            wire.send("half");

            server.server().close();

            assertThat(wire.rest()).isEmpty();
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
    void endsTheProcessWithZeroAtSigterm() throws Exception {
        Process process = startProgram();
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            URI address = URI.create(address(output));
            String head =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n";
            try (Wire wire = new Wire(new Socket(address.getHost(), address.getPort()))) {
                wire.send(head.formatted(PATH, LARGE.length));
                assertThat(wire.head()).startsWith("HTTP/1.1 100 ");

                process.destroy();

                assertThat(wire.send(LARGE).response()).matches("(?s)HTTP/1.1 (200|503) .*");
            }
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void awaitQueue(RunningServer server) {
        int waiting = 0;
        while (waiting == 0) {
            waiting = server.get("/models/" + SKIN).json("/0/models/0/requestInQueue").asInt();
        }
    }

    private static Process startProgram() throws IOException {
        ProcessBuilder program =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProgram.class.getName());
        program.redirectErrorStream(true);
        return program.start();
    }

    private static String address(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && !line.contains("listening on http://")) {
            line = output.readLine();
        }
        assertThat(line).isNotNull();
        return line.replaceFirst(".*listening on ", "").strip();
    }
}
