package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows 15 to 20 of the compatibility table: limits, asynchronous answers, headers. */
@Tag("slow")
@DisplayNameGeneration(CompatibilityTable.Names.class)
@TestMethodOrder(CompatibilityTable.Order.class)
class CompatibilityLimitsTest {
    @RegisterExtension static final CompatibilityTable table = new CompatibilityTable();

    @RegisterExtension
    static final RunningServer server =
            RunningServer.with("load_models=[m]=medzoo://" + SKIN, "max_request_size=1000000");

    private static final String PATH = "/predictions/m";
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] LARGE = DrawnPicture.png(2000, 1500, 1);

    @Row(value = "15", request = "a body over max_request_size", expect = "413")
    void refusesALargeBody() {
        Answer answer = table.saw(server.post(PATH, new byte[1_000_001]));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
    }

    @Row(
            value = "16",
            request = "POST /predictions/m, queue full",
            expect = "503 WlmCapacityException \"Worker queue capacity exceeded for model: m\"")
    void refusesWhatItsQueueCannotHold() throws Exception {
        RunningServer full = one("job_queue_size=1");
        List<CompletableFuture<Answer>> begun = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            begun.add(full.sendAsync("POST", PATH, LARGE));
        }
        List<Answer> answers = begun.stream().map(CompletableFuture::join).toList();
        full.server().close();
        List<Answer> refused = answers.stream().filter(each -> each.status() != 200).toList();
        table.note("%d of 30 are 200".formatted(answers.size() - refused.size()));
        table.saw(refused.get(0));

        assertThat(refused).isNotEmpty().hasSizeLessThan(30);
        for (Answer answer : refused) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json("/type").asText()).isEqualTo("WlmCapacityException");
            assertThat(answer.json("/message").asText())
                    .isEqualTo("Worker queue capacity exceeded for model: m");
            assertThat(answer.header("retry-after")).matches("[1-9]\\d*");
        }
    }

    @Row(
            value = "17",
            request = "PUT max_worker=0, then POST /predictions/m",
            expect = "503 WlmShutdownException")
    void refusesWhenNobodyWorks() throws Exception {
        RunningServer idle = one();
        assertThat(idle.send("PUT", "/models/m?min_worker=0&max_worker=0", new byte[0]).status())
                .isEqualTo(200);
        Answer answer = table.saw(idle.post(PATH, PICTURE));
        Answer ping = idle.get("/ping");
        idle.send("PUT", "/models/m?min_worker=1&max_worker=1", new byte[0]);
        Answer back = idle.post(PATH, PICTURE);
        idle.server().close();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json("/type").asText()).isEqualTo("WlmShutdownException");
        assertThat(answer.json("/message").asText())
                .isEqualTo("All model workers has been shutdown: m");
        assertThat(ping.status()).isEqualTo(200);
        assertThat(back.status()).isEqualTo(200);
    }

    @Row(
            value = "18",
            request = "x-synchronous: false, then x-starting-token",
            expect = "200 and a token; 202; 200 and the answer; 400 for another token")
    void keepsAnAnswerForLater() throws Exception {
        // The first picture waits for a second one.
        RunningServer waiting = one("batch_size=2", "max_batch_delay=60000");
        Answer begun = table.saw(waiting.post(PATH, PICTURE, "x-synchronous", "false"));
        String token = begun.header("x-next-token");
        Answer early = table.saw(poll(waiting, token));
        Answer second = waiting.post(PATH, PICTURE);
        Deadline.await(() -> poll(waiting, token).status() != 202);
        Answer late = table.saw(poll(waiting, token));
        Answer again = poll(waiting, token);
        Answer unknown = table.saw(poll(waiting, "nonsense"));
        Answer none = waiting.post("/predictions/none", PICTURE, "x-synchronous", "false");
        waiting.server().close();

        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.body()).isEmpty();
        assertThat(token).isNotEmpty();
        assertThat(begun.header("X-Amzn-SageMaker-Custom-Attributes"))
                .isEqualTo("x-next-token=" + token);
        assertThat(early.status()).isEqualTo(202);
        assertThat(early.header("x-next-token")).isEqualTo(token);
        assertThat(early.header("X-Amzn-SageMaker-Custom-Attributes"))
                .isEqualTo("x-next-token=" + token);
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.json("/0/className")).isEqualTo(second.json("/0/className"));
        assertThat(again.body()).isEqualTo(late.body());
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json("/type").asText()).isEqualTo("BadRequestException");
        assertThat(unknown.json("/message").asText())
                .isEqualTo("Invalid x-starting-token: nonsense");
        assertThat(none.status()).isEqualTo(404);
    }

    private static Answer poll(RunningServer server, String token) {
        return server.post(PATH, new byte[0], "x-starting-token", token);
    }

    @Row(
            value = "19",
            request = "x-request-id, given and not",
            expect = "the header comes back, or a new one")
    void namesEveryRequest() {
        String given = server.post(PATH, PICTURE, "x-request-id", "abc-123").header("x-request-id");
        String made = server.get("/ping").header("x-request-id");
        table.note("given %s: %s; not given: %s".formatted("abc-123", given, made));

        assertThat(given).isEqualTo("abc-123");
        assertThat(made).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(server.get("/unknown").header("x-request-id")).hasSize(36);
    }

    @Row(value = "20", request = "OPTIONS /predictions/m", expect = "200 `{}`")
    void tellsThatAModelIsThere() {
        Answer answer = table.saw(server.send("OPTIONS", PATH, new byte[0]));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}\n");
        assertThat(server.send("OPTIONS", "/predictions/none", new byte[0]).status())
                .isEqualTo(404);
    }

    /** A server of one model with one worker. */
    private static RunningServer one(String... more) throws StartException {
        List<String> options =
                new ArrayList<>(List.of("load_models=[m]=medzoo://" + SKIN, "workers=1"));
        options.addAll(List.of(more));
        return RunningServer.with(options.toArray(String[]::new)).start();
    }
}
