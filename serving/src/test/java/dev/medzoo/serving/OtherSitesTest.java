package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.http.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of another site reaches through the browser of somebody who reaches the server. */
@Tag("slow")
class OtherSitesTest {
    private static final byte[] PICTURE = DrawnPicture.png(64, 64, 1);
    private static final String PREDICT = "POST /predictions/" + SKIN;
    private static final String INFER = "POST /v2/models/" + SKIN + "/infer";

    /** One of each kind of path, and one that is none. */
    private static final List<String> EVERYTHING =
            List.of(
                    PREDICT,
                    INFER,
                    "POST /invocations",
                    "OPTIONS /predictions/" + SKIN,
                    "GET /v2",
                    "GET /store/index.json",
                    "GET /ping",
                    "GET /ready",
                    "GET /openapi.json",
                    "GET /models",
                    "GET /metrics",
                    "GET /nowhere");

    private static final List<String> CHANGES =
            List.of(
                    PREDICT,
                    INFER,
                    "POST /invocations",
                    "POST /models/" + SKIN + "/invoke",
                    "POST /models?url=medzoo://none",
                    "PUT /models/" + SKIN + "?min_worker=1",
                    "DELETE /models/none",
                    "PUT /traffic/none?candidate_share=1",
                    "POST /server/logging?level=off",
                    "PUT /server/logging?level=off");

    /** By their settings: what is refused changes nothing, so tests share them. */
    private static final Map<List<String>, RunningServer> SERVERS = new HashMap<>();

    private RunningServer server = RunningServer.with();

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(each -> each.server().close());
        SERVERS.clear();
    }

    private void start(String... options) throws StartException {
        RunningServer started = SERVERS.get(List.of(options));
        if (started == null) {
            started = RunningServer.withOne(SKIN, options).start();
            SERVERS.put(List.of(options), started);
        }
        server = started;
    }

    @Test
    void onLoopbackNothingIsAnsweredByAnotherName() throws Exception {
        start("port=0");
        for (String each : EVERYTHING) {
            for (String host : List.of("evil.example", "localhost.evil.example:80", "10.0.0.7")) {
                assertThat(ask(each, "Host: " + host))
                        .as("%s at %s", each, host)
                        .startsWith("HTTP/1.1 403 ")
                        .contains(host, "allowed_hosts");
            }
            assertThat(ask(each, "Host: LOCALHOST:8080")).doesNotStartWith("HTTP/1.1 403 ");
            assertThat(ask(each, "Host: [::1]")).doesNotStartWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void onLoopbackTheNamesOfTheSettingsAreAnsweredToo() throws Exception {
        start("allowed_hosts=zoo.example, Zoo2");
        for (String host : List.of("zoo.example", "ZOO.example:8080", "zoo2", "127.0.0.1")) {
            assertThat(ask(PREDICT, "Host: " + host)).startsWith("HTTP/1.1 200 ");
        }
        for (String host : List.of("a.zoo.example", "zoo", "evil.example", "10.0.0.7")) {
            assertThat(ask(PREDICT, "Host: " + host)).startsWith("HTTP/1.1 403 ");
        }
    }

    /** A browser of the same machine reaches it over loopback. */
    @Test
    void aServerOfAllAddressesAnswersOverLoopbackAsOneOfLoopback() throws Exception {
        start("host=0.0.0.0");
        assertThat(ask(PREDICT, "Host: localhost")).startsWith("HTTP/1.1 200 ");
        for (String host : List.of("zoo.example", "evil.example", "10.0.0.7")) {
            assertThat(ask(PREDICT, "Host: " + host))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("expected: localhost, or a name in allowed_hosts");
        }

        start("host=0.0.0.0", "allowed_hosts=zoo.example");
        assertThat(ask(PREDICT, "Host: zoo.example")).startsWith("HTTP/1.1 200 ");
        assertThat(ask(PREDICT, "Host: evil.example")).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET ping HTTP/1.1, target: ping",
        "GET ftp://localhost/ping HTTP/1.1, target: ftp://localhost/ping",
        "CONNECT localhost:80 HTTP/1.1, target: localhost:80",
        "GET /ping HTTP/0.9, version: HTTP/0.9",
        "GET /ping HTTP/2.0, version: HTTP/2.0"
    })
    void whatIsNoRequestOfHttp1IsRefused(String line, String named) throws Exception {
        start("port=0");
        try (Wire wire = new Wire(server)) {
            String answer = wire.send(line + "\r\nHost: localhost\r\n\r\n").rest();
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains(named + " (expected: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: localhost\r\nHost: localhost",
                "Host: localhost\r\nHost: evil.example",
                "Host:",
                "Host: a b",
                "Host: localhost,localhost",
                "Host: evil.example@localhost",
                "Host: localhost:port",
                "Host: localhost:99999",
                "Host: http://localhost"
            })
    void aRequestNamesExactlyOneHost(String headers) throws Exception {
        start("port=0");
        for (String each : EVERYTHING) {
            assertThat(ask(each, headers)).as(each).startsWith("HTTP/1.1 400 ").contains("Host: ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/ping, localhost, 200",
        "HTTP://LocalHost:80/ping, localhost, 200",
        "https://localhost/ping, localhost:443, 200",
        "http://localhost/ping, 127.0.0.1, 400",
        "http://localhost/ping, localhost:8080, 400",
        "http://evil.example/ping, localhost, 400",
        "http://localhost/ping, evil.example, 400",
        "http://a@localhost/ping, localhost, 400",
        "http:///ping, localhost, 400",
        "http://evil.example/ping, evil.example, 403"
    })
    void aTargetWithAHostNamesTheSameOne(String target, String host, int status) throws Exception {
        start("port=0");
        assertThat(ask("GET " + target, "Host: " + host)).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: cross-site\r\nOrigin: http://localhost:3000",
                "Origin: http://evil.example",
                "Origin: http://localhost.evil.example",
                "Origin: http://localhost\r\nOrigin: http://evil.example",
                "Origin: http://evil.example\r\nOrigin: http://localhost",
                "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-origin, cross-site",
                "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: none\r\nOrigin: http://evil.example",
                "Origin: file://",
                "Origin: null"
            })
    void noOtherSiteChangesOrComputesAnything(String headers) throws Exception {
        start("port=0");
        for (String each : CHANGES) {
            assertThat(ask(each, "Host: localhost\r\n" + headers))
                    .as(each)
                    .startsWith("HTTP/1.1 403 ")
                    .containsPattern("(sec-fetch-site|origin): ");
        }

        start("host=0.0.0.0");
        for (String each : List.of(PREDICT, INFER, "POST /invocations")) {
            assertThat(ask(each, "Host: zoo.example\r\n" + headers))
                    .as(each)
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Origin: http://localhost:3000",
                "Origin: http://zoo.example\r\nSec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: same-site\r\nOrigin: http://localhost:3000"
            })
    void pagesOfItsOwnAreAnswered(String headers) throws Exception {
        start("port=0");
        assertThat(ask(PREDICT, "Host: localhost\r\n" + headers)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void beyondLoopbackAPagesOwnHostIsTheServers() throws Exception {
        start("host=0.0.0.0", "allowed_hosts=zoo.example");
        String own = "Host: zoo.example\r\nOrigin: https://zoo.example";
        assertThat(ask(PREDICT, own)).startsWith("HTTP/1.1 200 ");
        assertThat(ask(PREDICT, "Host: zoo.example\r\nOrigin: http://localhost:3000"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void aPageThatTheSettingsNameMayPredictAndNotManage() throws Exception {
        start("cors_allowed_origin=https://app.example");
        String page = "Host: localhost\r\nSec-Fetch-Site: cross-site\r\nOrigin: ";
        assertThat(ask(PREDICT, page + "https://app.example")).startsWith("HTTP/1.1 200 ");
        assertThat(ask(PREDICT, page + "https://evil.example")).startsWith("HTTP/1.1 403 ");
        assertThat(ask(PREDICT, page + "https://app.example\r\nOrigin: https://evil.example"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(ask("PUT /models/" + SKIN, page + "https://app.example"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void aTokenSaysThatNoOtherSiteAsks(@TempDir Path folder) throws Exception {
        TokensFile tokens = new TokensFile(folder).add("ana", Role.MANAGE);
        start(tokens.setting(), "require_token=true");
        String evil = "Host: evil.example\r\nOrigin: http://evil.example\r\n";
        String ana = "Authorization: " + tokens.bearer("ana");

        for (String each : List.of(PREDICT, "GET /models", "PUT /models/" + SKIN)) {
            assertThat(ask(each, evil + ana)).as(each).startsWith("HTTP/1.1 200 ");
            assertThat(ask(each, evil + ana + "x")).as(each).startsWith("HTTP/1.1 403 ");
        }
    }

    /** An image of a page is a GET without an origin. */
    @Test
    void noGetChangesAnything() throws Exception {
        start("port=0");
        assertThat(ask("GET /server/logging?level=OFF", "Host: localhost"))
                .startsWith("HTTP/1.1 405 ")
                .contains("allow: POST, PUT");
        assertThat(server.server().routes())
                .filteredOn(route -> route.role() == Role.MANAGE)
                .isNotEmpty()
                .noneMatch(OtherSitesTest::takesGet);

        start("compatibility=strict");
        assertThat(ask("GET /predictions/" + SKIN, "Host: h\r\nSec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(ask("GET /predictions/" + SKIN, "Host: localhost\r\nSec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403 ")
                .contains("sec-fetch-site: cross-site (expected: same-origin)");
    }

    private static boolean takesGet(Route route) {
        return route.methods().isEmpty() || route.methods().contains("GET");
    }

    /** An old client, such as a probe, may name no host; no browser is so old. */
    @Test
    void anOldClientNeedsNoHost() throws Exception {
        start("port=0");
        try (Wire wire = new Wire(server)) {
            assertThat(wire.send("GET /ping HTTP/1.0\r\n\r\n").rest()).startsWith("HTTP/1.1 200 ");
        }
    }

    private String ask(String target, String headers) throws IOException {
        byte[] body =
                target.equals(INFER)
                        ? infer()
                        : target.startsWith("POST /predictions")
                                        || target.startsWith("POST /invocations")
                                ? PICTURE
                                : new byte[0];
        String head = headers.isEmpty() ? "" : headers + "\r\n";
        try (Wire wire = new Wire(server)) {
            return wire.send(
                            "%s HTTP/1.1\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(target, head, body.length))
                    .send(body)
                    .rest();
        }
    }

    private static byte[] infer() {
        return "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"%s\"]}]}"
                .formatted(Base64.getEncoder().encodeToString(PICTURE))
                .getBytes(StandardCharsets.UTF_8);
    }
}
