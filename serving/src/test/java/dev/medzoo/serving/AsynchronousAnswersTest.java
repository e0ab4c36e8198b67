package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.FOOT;
import static dev.medzoo.serving.RunningServer.FOOT_VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.access.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are begun with {@code x-synchronous: false} and asked for later. */
@Tag("slow")
class AsynchronousAnswersTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with("load_models=" + FOOT, "memory_cache_capacity=50");

    private static final String PATH = "/predictions/" + FOOT;
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final byte[] LARGE = DrawnPicture.png(2000, 1500, 1);
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

    @Test
    void areWhatASynchronousClientGets() throws Exception {
        String direct = server.post(PATH, PICTURE).body();
        for (Answer begun :
                List.of(
                        begin(server, PICTURE),
                        server.post(PATH, PICTURE, "x-synchronous", "FALSE"),
                        server.post(
                                PATH,
                                PICTURE,
                                "X-Amzn-SageMaker-Custom-Attributes",
                                "x-synchronous=false"),
                        server.post(
                                "/invocations?model_name=" + FOOT,
                                PICTURE,
                                "x-synchronous",
                                "false"))) {
            Answer answer = last(server, begun);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(direct);
            assertThat(answer.header("x-medzoo-model")).isEqualTo(FOOT + "/" + FOOT_VERSION);
        }
        assertThat(server.post(PATH, PICTURE, "x-synchronous", "true").body()).isEqualTo(direct);
    }

    @Test
    void areTheFailuresToo() throws Exception {
        Answer answer = last(server, begin(server, TEXT));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/type").asText()).isEqualTo("TranslateException");
        Answer json =
                last(
                        server,
                        server.post(
                                PATH,
                                "{}".getBytes(StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/json",
                                "x-synchronous",
                                "false"));
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.json("/message").asText()).startsWith("body: none of [data, ");
    }

    @Test
    void canBeAskedForAgainUnderTheModelTheyWereAskedOf() throws Exception {
        Answer begun = begin(server, PICTURE);
        Answer answer = last(server, begun);
        String token = begun.header("x-next-token");

        assertThat(poll(server, token).body()).isEqualTo(answer.body());
        for (String other : List.of("/predictions/none", "/predictions/pretrained-skin")) {
            Answer hidden = server.post(other, NOTHING, "x-starting-token", token);
            assertThat(hidden.status()).isEqualTo(400);
            assertThat(hidden.json("/message").asText())
                    .isEqualTo("Invalid x-starting-token: " + token);
        }
    }

    @Test
    void areShownToTheirOwnersTokenAlone(@TempDir Path folder) throws Exception {
        TokensFile tokens =
                new TokensFile(folder).add("ana", Role.PREDICT).add("bea", Role.PREDICT);
        RunningServer closed = RunningServer.with("load_models=" + FOOT, tokens.setting()).start();
        try {
            Answer begun = begin(closed, PICTURE, "Authorization", tokens.bearer("ana"));
            String token = begun.header("x-next-token");
            Deadline.await(() -> pollAs(closed, token, tokens.bearer("ana")).status() == 200);
            assertThat(pollAs(closed, token, tokens.bearer("bea")).status()).isEqualTo(400);
            assertThat(poll(closed, token).status()).isEqualTo(400);

            String open = begin(closed, PICTURE).header("x-next-token");
            Deadline.await(() -> poll(closed, open).status() == 200);
            assertThat(pollAs(closed, open, tokens.bearer("ana")).status()).isEqualTo(400);
        } finally {
            closed.server().close();
        }
    }

    @Test
    void ofOneClientLeavePlacesToOthers(@TempDir Path folder) throws Exception {
        TokensFile tokens =
                new TokensFile(folder).add("ana", Role.PREDICT).add("bea", Role.PREDICT);
        RunningServer small =
                RunningServer.with(
                                "load_models=" + FOOT,
                                tokens.setting(),
                                "async_results_per_client=2")
                        .start();
        try {
            String[] ana = {"Authorization", tokens.bearer("ana")};
            assertThat(begin(small, PICTURE, ana).status()).isEqualTo(200);
            assertThat(begin(small, PICTURE, ana).status()).isEqualTo(200);
            Answer refused = begin(small, PICTURE, ana);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.json("/message").asText())
                    .isEqualTo("asynchronous answers: 2 of this client (expected: fewer than 2)");
            assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 600);

            assertThat(begin(small, PICTURE, "Authorization", tokens.bearer("bea")).status())
                    .isEqualTo(200);
            assertThat(begin(small, PICTURE).status()).isEqualTo(200);
        } finally {
            small.server().close();
        }
    }

    /** A thousand requests of one byte once filled every place for ten minutes. */
    @Test
    void thatFailedMakeRoomForOthers() throws Exception {
        RunningServer small =
                RunningServer.with("load_models=" + FOOT, "memory_cache_capacity=2").start();
        try {
            String first = begin(small, TEXT).header("x-next-token");
            last(small, begin(small, TEXT));
            Deadline.await(() -> poll(small, first).status() == 400);
            for (int i = 0; i < 2; i++) {
                Answer begun = begin(small, PICTURE);
                assertThat(begun.status()).isEqualTo(200);
                assertThat(last(small, begun).status()).isEqualTo(200);
            }
            assertThat(poll(small, first).json("/message").asText()).startsWith("Invalid ");
            assertThat(begin(small, PICTURE).status()).isEqualTo(503);
        } finally {
            small.server().close();
        }
    }

    @Test
    void areNotBegunForAModelThatIsNotThere() {
        assertThat(server.post("/predictions/none", PICTURE, "x-synchronous", "false").status())
                .isEqualTo(404);
        assertThat(server.post(PATH + "/9.9.9", PICTURE, "x-synchronous", "false").status())
                .isEqualTo(404);
    }

    @Test
    void areAtMostSoManyAndEachForSoLong() throws Exception {
        RunningServer small =
                RunningServer.with(
                                "load_models=" + FOOT,
                                "memory_cache_capacity=2",
                                "async_result_time=2")
                        .start();
        List<Answer> begun = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            begun.add(begin(small, PICTURE));
        }
        Answer refused = begin(small, PICTURE);
        String first = begun.get(0).header("x-next-token");
        Deadline.await(() -> poll(small, first).status() == 400);
        Answer gone = poll(small, first);
        Deadline.await(() -> begin(small, PICTURE).status() == 200);
        small.server().close();

        assertThat(begun).allMatch(answer -> answer.status() == 200);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json("/message").asText())
                .isEqualTo("asynchronous answers: 2 of all (expected: fewer than 2)");
        assertThat(refused.header("retry-after")).isIn("1", "2");
        assertThat(gone.json("/message").asText()).isEqualTo("Invalid x-starting-token: " + first);
    }

    @Test
    void areRefusedAtOnceWhenTheWorkersGo() throws Exception {
        RunningServer one = RunningServer.with("load_models=" + FOOT, "workers=1").start();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tokens.add(one.post(PATH, LARGE, "x-synchronous", "false").header("x-next-token"));
        }
        one.send("PUT", "/models/" + FOOT + "?min_worker=0&max_worker=0", NOTHING);
        Deadline.await(() -> tokens.stream().noneMatch(token -> poll(one, token).status() == 202));
        List<Integer> statuses = tokens.stream().map(token -> poll(one, token).status()).toList();
        Answer last = poll(one, tokens.get(11));
        one.server().close();

        assertThat(statuses).containsOnly(200, 503);
        assertThat(last.status()).isEqualTo(503);
        assertThat(last.json("/type").asText()).isEqualTo("WlmShutdownException");
    }

    private static Answer begin(RunningServer server, byte[] body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "x-synchronous";
        all[headers.length + 1] = "false";
        return server.post(PATH, body, all);
    }

    private static Answer pollAs(RunningServer server, String token, String authorization) {
        return server.post(
                PATH, NOTHING, "x-starting-token", token, "Authorization", authorization);
    }

    private static Answer last(RunningServer server, Answer begun) throws InterruptedException {
        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.body()).isEmpty();
        String token = begun.header("x-next-token");
        Deadline.await(() -> poll(server, token).status() != 202);
        return poll(server, token);
    }

    private static Answer poll(RunningServer server, String token) {
        return server.post(PATH, NOTHING, "x-starting-token", token);
    }
}
