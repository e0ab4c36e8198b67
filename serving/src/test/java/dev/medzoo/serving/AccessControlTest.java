package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.access.NewToken;
import dev.medzoo.serving.access.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask what, against real servers on this machine's addresses. */
@Tag("slow")
class AccessControlTest {
    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final byte[] NONE = new byte[0];
    private static final String EVERYWHERE = "host=0.0.0.0";

    /** One of each way in that is not for everybody. */
    private static final List<List<String>> MANAGING =
            List.of(
                    List.of("PUT", "/models/" + SKIN + "?min_worker=1"),
                    List.of("POST", "/models?url=medzoo://none"),
                    List.of("DELETE", "/models/none"),
                    List.of("PUT", "/traffic/none?candidate_share=1"),
                    List.of("DELETE", "/traffic/none"),
                    List.of("POST", "/server/logging?level=info"));

    private static final List<List<String>> WATCHING =
            List.of(
                    List.of("GET", "/metrics"),
                    List.of("GET", "/models"),
                    List.of("GET", "/traffic"),
                    List.of("GET", "/models/" + SKIN),
                    List.of("GET", "/mod%65ls/" + SKIN + "/"));

    private final Path folder;
    private RunningServer server = RunningServer.with("load_models=" + SKIN);

    AccessControlTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        server.server().close();
    }

    private void start(String... options) throws StartException {
        server = RunningServer.withOne(SKIN, options).start();
    }

    @Test
    void managementBeyondLoopbackIsClosedWithoutTokens() throws Exception {
        start(EVERYWHERE);
        for (List<String> each : MANAGING) {
            assertClosed(server.send(each.get(0), each.get(1), NONE));
        }
        for (List<String> each : WATCHING) {
            assertClosed(server.send(each.get(0), each.get(1), NONE));
        }
        // An invented token is none, as there are none.
        assertClosed(ask("GET", "/models", drawn()));
        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
        assertThat(server.get("/ping").status()).isEqualTo(200);
        assertThat(server.get("/ready").status()).isEqualTo(200);
        assertThat(server.get("/openapi.json").status()).isEqualTo(200);
    }

    private static void assertClosed(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json("/type").asText()).isEqualTo("ForbiddenException");
        assertThat(answer.json("/message").asText()).startsWith("management: closed (expected: ");
    }

    @Test
    void eachRoleOpensItsOwnDoors() throws Exception {
        TokensFile tokens =
                new TokensFile(folder)
                        .add("ward", Role.PREDICT)
                        .add("grafana", Role.OBSERVE)
                        .add("ana", Role.MANAGE);
        start(EVERYWHERE, tokens.setting());

        for (List<String> each : MANAGING) {
            assertUnknown(server.send(each.get(0), each.get(1), NONE));
            assertUnknown(ask(each.get(0), each.get(1), drawn()));
            assertThat(ask(each, tokens.bearer("ward")).status()).isEqualTo(403);
            assertThat(ask(each, tokens.bearer("grafana")).status()).isEqualTo(403);
            assertThat(ask(each, tokens.bearer("ana")).status()).isIn(200, 400, 404);
        }
        for (List<String> each : WATCHING) {
            assertUnknown(server.send(each.get(0), each.get(1), NONE));
            assertThat(ask(each, tokens.bearer("ward")).status()).isEqualTo(403);
            assertThat(ask(each, tokens.bearer("grafana")).status()).isEqualTo(200);
            assertThat(ask(each, tokens.bearer("ana")).status()).isEqualTo(200);
        }
        // To predict takes none, but a wrong one is told.
        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
        assertThat(predict(tokens.bearer("ward"))).isEqualTo(200);
        assertThat(predict(tokens.bearer("grafana"))).isEqualTo(403);
        assertThat(predict(drawn())).isEqualTo(401);
    }

    private static void assertUnknown(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(answer.json("/type").asText()).isEqualTo("UnauthorizedException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host=127.0.0.1", "host=localhost", EVERYWHERE})
    void toPredictTakesATokenWhereTheSettingsSaySo(String address) throws Exception {
        TokensFile tokens =
                new TokensFile(folder).add("ward", Role.PREDICT).add("grafana", Role.OBSERVE);
        start(address, tokens.setting(), "require_token=true");

        assertUnknown(server.post(PATH, PICTURE));
        assertThat(server.post("/invocations?model_name=" + SKIN, PICTURE).status()).isEqualTo(401);
        assertThat(server.get("/store/index.json").status()).isEqualTo(401);
        assertThat(predict("Basic d2FyZDp3YXJk")).isEqualTo(401);
        assertThat(predict("Bearer")).isEqualTo(401);
        assertThat(predict(tokens.bearer("ward") + "x")).isEqualTo(401);
        assertThat(predict(tokens.bearer("grafana"))).isEqualTo(403);
        assertThat(predict(tokens.bearer("ward"))).isEqualTo(200);
        assertThat(predict(tokens.bearer("ward").replace("Bearer", "bEARER "))).isEqualTo(200);
        assertThat(server.get("/ping").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Host, evil.example, 403",
        "Host, 127.0.0.1.evil.example, 403",
        "Host, localhost.evil.example:8080, 403",
        "Host, evil.example:80@localhost, 400",
        "Origin, http://evil.example, 403",
        "Origin, null, 403",
        "Origin, http://localhost.evil.example, 403",
        "Host, localhost, 200",
        "Host, LOCALHOST:8080, 200",
        "Host, 127.0.0.1:8080, 200",
        "Host, '[::1]:8080', 200",
        "Origin, http://localhost:3000, 200",
        "Origin, https://127.0.0.1, 200",
        "Accept, */*, 200"
    })
    void onLoopbackOnlyThisMachineManages(String header, String value, int status)
            throws Exception {
        start("port=0");
        for (String target : List.of("GET /models", "GET /metrics", "PUT /models/" + SKIN)) {
            assertThat(raw(target, header + ": " + value)).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    private String raw(String target, String header) throws IOException {
        String host = header.startsWith("Host") ? "" : "Host: localhost\r\n";
        try (Wire wire = new Wire(server)) {
            return wire.send(
                            target
                                    + " HTTP/1.1\r\n"
                                    + host
                                    + header
                                    + "\r\nConnection: close\r\n\r\n")
                    .rest();
        }
    }

    @Test
    void aTokenOpensLoopbackToOtherNamesToo() throws Exception {
        TokensFile tokens = new TokensFile(folder).add("ana", Role.MANAGE);
        start(tokens.setting());

        String authorization = "Authorization: " + tokens.bearer("ana");
        assertThat(raw("GET /models", "Host: zoo.example\r\n" + authorization))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw("GET /models", "Host: localhost")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void anotherAddressOnLoopbackNeedsNoTokenThoughTheFirstIsOpenToAll() throws Exception {
        start(EVERYWHERE, "management_address=http://127.0.0.1:0");
        int management = server.server().managementAddress().getPort();

        assertThat(server.get("/models").status()).isEqualTo(404);
        assertThat(server.get("/metrics").status()).isEqualTo(404);
        try (Wire wire = new Wire(new Socket(InetAddress.getLoopbackAddress(), management))) {
            assertThat(
                            wire.send(
                                            "GET /models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .rest())
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aChangeOfTheFileTakesEffectWithinSeconds() throws Exception {
        TokensFile tokens = new TokensFile(folder).add("ana", Role.MANAGE);
        start(tokens.setting(), "require_token=true");
        String ana = tokens.bearer("ana");
        assertThat(predict(ana)).isEqualTo(200);

        tokens.add("bea", Role.MANAGE).remove("ana");
        Deadline.await(() -> predict(tokens.bearer("bea")) == 200);
        assertThat(predict(ana)).isEqualTo(401);

        Files.writeString(tokens.file(), "broken");
        Files.delete(tokens.file());
        assertThat(predict(tokens.bearer("bea"))).isEqualTo(200);
    }

    /** Whoever withdraws the last token wants nobody in, not everybody. */
    @Test
    void aFileWithoutATokenLetsNobodyIn() throws Exception {
        TokensFile tokens = new TokensFile(folder).write();
        start(tokens.setting(), "require_token=true");
        assertUnknown(server.get("/models"));
        assertUnknown(server.post(PATH, PICTURE));
        assertThat(server.send("OPTIONS", PATH, new byte[0]).status()).isEqualTo(200);
        assertThat(ask("GET", "/models", drawn()).status()).isEqualTo(401);

        tokens.add("ana", Role.MANAGE);
        String ana = tokens.bearer("ana");
        Deadline.await(() -> predict(ana) == 200);
        tokens.remove("ana");
        Deadline.await(() -> predict(ana) == 401);
        assertUnknown(server.get("/models"));
        assertUnknown(server.post(PATH, PICTURE));
    }

    @Test
    void aClientThatAsksTooOftenIsToldWhenToComeAgain() throws Exception {
        TokensFile tokens =
                new TokensFile(folder).add("ward", Role.PREDICT).add("other", Role.PREDICT);
        start(tokens.setting(), "client_rate=1", "client_burst=3");
        for (int i = 0; i < 3; i++) {
            assertThat(predict(tokens.bearer("ward"))).isEqualTo(200);
        }
        // No picture, so that many come within a second on any machine.
        String ward = tokens.bearer("ward");
        Answer refused =
                Deadline.until(429, () -> server.send("POST", PATH, NONE, "Authorization", ward));

        assertThat(refused.json("/type").asText()).isEqualTo("ThrottlingException");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 3);
        assertThat(predict(tokens.bearer("other"))).isEqualTo(200);
        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
        assertThat(server.get("/ping").status()).isEqualTo(200);
        Deadline.await(() -> predict(tokens.bearer("ward")) == 200);
    }

    @Test
    void aClientThatIsToComeAgainKeepsItsConnection() throws Exception {
        start("client_rate=1", "client_burst=1");
        String ask = "GET /v2/models/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(SKIN);
        try (Wire wire = new Wire(server)) {
            List<String> answers = new ArrayList<>();
            Deadline.await(
                    () -> {
                        answers.add(wire.response(ask));
                        return answers.get(answers.size() - 1).startsWith("HTTP/1.1 429 ");
                    });

            assertThat(answers.get(answers.size() - 1)).contains("connection: keep-alive\r\n");
            assertThat(wire.send("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n").response())
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    /** Whoever could say who asks would have as many buckets as there are names. */
    @Test
    void aClientIsNotWhoItsHeadersSay() throws Exception {
        start("client_rate=1", "client_burst=1");
        AtomicInteger name = new AtomicInteger();
        for (String header :
                List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "Via")) {
            Deadline.await(
                    () -> {
                        String other = "10.0.0." + name.incrementAndGet();
                        return server.send("GET", "/v2/models/" + SKIN, NONE, header, other)
                                        .status()
                                == 429;
                    });
        }
    }

    private int predict(String authorization) {
        return ask("POST", PATH, authorization).status();
    }

    private Answer ask(List<String> request, String authorization) {
        return ask(request.get(0), request.get(1), authorization);
    }

    private Answer ask(String method, String path, String authorization) {
        return server.send(method, path, PICTURE, "Authorization", authorization);
    }

    /** Of the right shape, and nobody's. */
    private static String drawn() {
        return "Bearer " + NewToken.draw("nobody", Set.of(Role.MANAGE)).secret();
    }
}
