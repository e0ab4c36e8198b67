package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is about to stop says so, and goes on for the stop delay. */
class LeaveTest {
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);

    @ParameterizedTest
    @ValueSource(strings = {"medzoo", "strict"})
    void isNotReadyButAnswers(String compatibility) throws Exception {
        RunningServer server =
                RunningServer.withOne(SKIN, "stop_delay=3600", "compatibility=" + compatibility)
                        .start();
        assertThat(server.get("/ready").status()).isEqualTo(200);
        try (Wire open = new Wire(server)) {
            assertThat(open.response("GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .contains("connection: keep-alive");
            Thread stop = new Thread(() -> server.server().close());
            stop.start();

            Deadline.until(503, () -> server.get("/ready"));
            assertThat(server.get("/v2/health/ready").status()).isEqualTo(400);
            assertThat(server.get("/live").status()).isEqualTo(200);
            Answer answer = server.post("/predictions/" + SKIN, PICTURE);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("connection")).isEqualTo("close");
            // A connection from before is used once more, and ends with its answer.
            open.post("/predictions/" + SKIN, PICTURE);
            assertThat(List.of(open.rest().split("\r\n", -1)))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("connection: close");

            stop.interrupt();
            server.server().awaitTermination();
        }
    }

    @Test
    void stopsAtOnceWhereNoDelayIsSet() {
        assertThat(RunningServer.settings().stopDelay()).isZero();
    }
}
