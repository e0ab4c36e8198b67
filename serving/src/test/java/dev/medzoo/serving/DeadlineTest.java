package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody waits longer than he said, and what nobody waits for is not computed. */
@Tag("slow")
class DeadlineTest {
    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);

    /** Decoding it takes a worker a good while. */
    private static final byte[] HUGE = DrawnPicture.png(6000, 5000, 1);

    private RunningServer server = RunningServer.with("load_models=" + SKIN);

    @AfterEach
    void stop() {
        server.server().close();
    }

    private void start(String... options) throws StartException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("load_models=" + SKIN, "workers=1", "cores=1"));
        server = RunningServer.with(all.toArray(String[]::new)).start();
    }

    @Test
    void whatExpiresWhileItWaitsIsAnsweredThenAndNeverComputed() throws Exception {
        start();
        List<CompletableFuture<Answer>> before = occupy(4);
        List<CompletableFuture<Answer>> late = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            late.add(server.sendAsync("POST", PATH, PICTURE, "x-request-timeout-ms", "100"));
        }
        for (CompletableFuture<Answer> each : late) {
            Answer answer = each.join();
            // At once where the server knows by then how long pictures take, else when it is late.
            assertThat(answer.status()).isIn(503, 504);
            if (answer.status() == 504) {
                assertThat(answer.json("/type").asText()).isEqualTo("DeadlineExceededException");
                assertThat(answer.json("/message").asText())
                        .isEqualTo("deadline: passed (expected: an answer within 100 ms)");
            }
        }
        assertThat(before.get(3)).isNotDone();
        before.forEach(each -> assertThat(each.join().status()).isEqualTo(200));

        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
        PrometheusText page = PrometheusText.of(server);
        // Four that were there before, one after, and none of the five.
        assertThat(page.sum("medzoo_batch_size_sum")).isEqualTo(5);
        assertThat(
                        page.sum("medzoo_refusals_total", "reason", "deadline_exceeded")
                                + page.sum("medzoo_refusals_total", "reason", "overloaded"))
                .isEqualTo(5);
    }

    @Test
    void theSettingBindsThoseThatSayNothingAndThoseThatAskForMore() throws Exception {
        start("request_timeout=1", "batch_size=8", "max_batch_delay=60000");
        long from = System.nanoTime();
        CompletableFuture<Answer> silent = server.sendAsync("POST", PATH, PICTURE);
        CompletableFuture<Answer> greedy =
                server.sendAsync("POST", PATH, PICTURE, "x-request-timeout-ms", "50000");

        // Both wait for a batch that would be full in a minute.
        assertThat(silent.join().status()).isEqualTo(504);
        assertThat(greedy.join().status()).isEqualTo(504);
        assertThat(greedy.join().json("/message").asText()).contains("within 1000 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - from))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(PrometheusText.of(server).sum("medzoo_batch_size_sum")).isZero();
    }

    @Test
    void answersAtTheDeadlineThoughTheWorkerIsAtIt() throws Exception {
        start();
        CompletableFuture<Answer> late =
                server.sendAsync("POST", PATH, HUGE, "x-request-timeout-ms", "50");
        CompletableFuture<Answer> next = server.sendAsync("POST", PATH, HUGE);

        assertThat(late.join().status()).isEqualTo(504);
        assertThat(next).isNotDone();
        assertThat(next.join().status()).isEqualTo(200);
    }

    @Test
    void aClientThatGoesAwayIsNotComputedFor() throws Exception {
        start();
        List<CompletableFuture<Answer>> before = occupy(3);
        List<Wire> gone = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            gone.add(new Wire(server).post(PATH, PICTURE));
        }
        Deadline.await(() -> PrometheusText.of(server).sum("medzoo_queue_depth") >= 6);
        for (Wire each : gone) {
            each.close();
        }
        Deadline.await(() -> PrometheusText.of(server).sum("medzoo_http_abandoned_total") == 5);
        assertThat(before.get(2)).isNotDone();
        before.forEach(each -> assertThat(each.join().status()).isEqualTo(200));

        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
        PrometheusText page = PrometheusText.of(server);
        assertThat(page.sum("medzoo_batch_size_sum")).isEqualTo(4);
        assertThat(page.sum("medzoo_requests_total", "status", "499")).isEqualTo(5);
    }

    /** Closed or reset, and with a little or more than is read ahead still to come. */
    @ParameterizedTest
    @CsvSource({"false, 0", "false, 1", "false, 400000", "true, 0", "true, 1", "true, 400000"})
    void aClientThatHasSentMoreAndGoesIsNotComputedFor(boolean resets, int more) throws Exception {
        start();
        // Whether a client that has sent much is gone is asked after half a second.
        int busy = 3;
        List<CompletableFuture<Answer>> before = occupy(busy);
        Socket socket = server.connect();
        socket.setSoLinger(resets, 0);
        Wire gone = new Wire(socket).post(PATH, PICTURE);
        Deadline.await(() -> PrometheusText.of(server).sum("medzoo_queue_depth") >= busy);
        if (more == 1) {
            gone.send("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
        } else if (more > 1) {
            gone.post(PATH, new byte[more]);
        }
        gone.close();

        Deadline.await(() -> PrometheusText.of(server).sum("medzoo_http_abandoned_total") == 1);
        assertThat(before.get(busy - 1)).isNotDone();
        before.forEach(each -> assertThat(each.join().status()).isEqualTo(200));
        assertThat(PrometheusText.of(server).sum("medzoo_batch_size_sum")).isEqualTo(busy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "soon", "86400001", "99999999999999999999"})
    void refusesATimeThatIsNone(String millis) throws Exception {
        start();
        Answer answer = server.post(PATH, PICTURE, "x-request-timeout-ms", millis);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/message").asText())
                .isEqualTo("x-request-timeout-ms: " + millis + " (expected: 1..86400000)");
        assertThat(server.post(PATH, PICTURE, "x-request-timeout-ms", " 60000 ").status())
                .isEqualTo(200);
    }

    /** Keeps the only worker busy with so many requests, the first of which it has in hand. */
    private List<CompletableFuture<Answer>> occupy(int requests) throws InterruptedException {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            answers.add(server.sendAsync("POST", PATH, HUGE));
        }
        Deadline.await(() -> PrometheusText.of(server).sum("medzoo_queue_depth") >= requests - 1);
        return answers;
    }
}
