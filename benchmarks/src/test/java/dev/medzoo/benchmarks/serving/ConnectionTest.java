package dev.medzoo.benchmarks.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final String REFUSAL =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 4\r\n"
                    + "Connection: close\r\n\r\nbusy";
    private static final String FINE = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n";

    /** What clients get who connect one after another, each in pieces. */
    private static List<Answer> answers(int requests, String... connections) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served =
                    CompletableFuture.runAsync(() -> serve(server, connections));
            List<Answer> answers = new ArrayList<>();
            try (KeptConnection client = new KeptConnection(server.getLocalPort())) {
                for (int i = 0; i < requests; i++) {
                    answers.add(client.exchange(EncodedRequest.get("/ping")));
                }
            }
            served.join();
            return answers;
        }
    }

    private static void serve(ServerSocket server, String... connections) {
        try {
            for (String each : connections) {
                try (Socket socket = server.accept()) {
                    OutputStream out = socket.getOutputStream();
                    for (byte one : each.getBytes(StandardCharsets.US_ASCII)) {
                        out.write(one);
                    }
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsAnswersThatFollowOneAnother() throws Exception {
        String more = "HTTP/1.1 100 Continue\r\n\r\n";
        assertThat(answers(2, FINE + "one" + more + FINE + "two"))
                .extracting(Answer::body)
                .containsExactly("one", "two");
    }

    @Test
    void connectsAgainAfterARefusal() throws Exception {
        List<Answer> answers = answers(2, REFUSAL, FINE + "one");
        assertThat(answers).extracting(Answer::status).containsExactly(503, 200);
        assertThat(answers.get(0).isRefusal()).isTrue();
        assertThat(answers.get(0).hasPlausibleRetryAfter()).isTrue();
        assertThat(answers.get(1).hasPlausibleRetryAfter()).isFalse();
        assertThat(answers.get(1).header("retry-after")).isNull();
    }

    @Test
    void doesNotTakeHalfAnAnswer() {
        assertThatThrownBy(() -> answers(1, FINE + "on")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> answers(1, "HTTP/1.1 200")).isInstanceOf(EOFException.class);
    }
}
