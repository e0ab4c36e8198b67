package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.serving.access.NewToken;
import dev.medzoo.serving.access.Role;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a running server answers against what {@code openapi.json} promises. */
@Tag("slow")
class OpenApiAnswersTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();
    private static final String PREDICTIONS = "/predictions/" + SKIN;
    private static final String INFER = "/v2/models/" + SKIN + "/infer";
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] NOTHING = new byte[0];

    private static RunningServer open;

    /** Asks every caller for a token, and answers one request of each. */
    private static RunningServer closed;

    private static String token;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path tokens = folder.resolve("tokens");
        NewToken watcher = NewToken.draw("watcher", Set.of(Role.PREDICT, Role.OBSERVE));
        watcher.appendTo(tokens);
        token = "Bearer " + watcher.secret();
        open =
                RunningServer.with(
                                "prometheus=true",
                                "max_request_size=100000",
                                "max_header_size=2048",
                                "request_read_timeout=3",
                                "request_timeout=30")
                        .start();
        closed =
                RunningServer.with(
                                "load_models=NONE",
                                "tokens_file=" + tokens,
                                "require_token=true",
                                "client_rate=1",
                                "client_burst=1")
                        .start();
    }

    @AfterAll
    static void stop() {
        open.server().close();
        closed.server().close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /ping, 200",
        "GET, /live, 200",
        "GET, /ready, 200",
        "GET, /v2, 200",
        "GET, /v2/health/live, 200",
        "GET, /v2/health/ready, 200",
        "GET, /v2/models/pretrained-skin, 200",
        "GET, /v2/models/pretrained-skin/ready, 200",
        "GET, /v2/models/pretrained-skin/versions/" + VERSION + ", 200",
        "GET, /v2/models/pretrained-skin/versions/stable/ready, 200",
        "GET, /v2/models/none, 404",
        "POST, /v2/models/none/infer, 404",
        "POST, /v2/models/pretrained-skin/infer, 400",
        "GET, /models, 200",
        "GET, /models?limit=1, 200",
        "GET, /models?limit=x, 400",
        "GET, /models/pretrained-skin, 200",
        "GET, /models/pretrained-skin/" + VERSION + ", 200",
        "GET, /models/none, 404",
        "POST, /models, 400",
        "POST, /models?url=none, 404",
        "POST, /models?url=pretrained-skin, 409",
        "POST, /models?url=https://here, 400",
        "POST, /models?url=pretrained-skin&model_name=again, 200",
        "PUT, /models/again?min_worker=1&max_worker=2, 200",
        "PUT, /models/again/" + VERSION + "?min_worker=3&max_worker=2, 400",
        "DELETE, /models/again/" + VERSION + ", 200",
        "DELETE, /models/again, 404",
        "POST, /models?url=pretrained-skin&model_name=later&synchronous=false, 202",
        "GET, /traffic, 200",
        "GET, /traffic/pretrained-skin, 200",
        "GET, /traffic/none, 404",
        "PUT, /traffic/none?candidate_share=1, 404",
        "PUT, /traffic/pretrained-skin?candidate_share=1, 409",
        "DELETE, /traffic/pretrained-skin, 200",
        "DELETE, /traffic/none, 404",
        "GET, /metrics, 200",
        "GET, /server/metrics?name[]=medzoo_workers, 200",
        "POST, /server/logging?level=info, 200",
        "PUT, /server/logging?level=loud, 400",
        "GET, /openapi.json, 200",
        "GET, /workflows, 404",
        "PUT, /workflows/a/b, 404",
        "GET, /store, 404",
        "GET, /store/index.json, 200",
        "HEAD, /store/index.json, 200",
        "GET, /store/pretrained-skin/" + VERSION + "/synset.txt, 200",
        "GET, /store/pretrained-skin/" + VERSION + "/golden/drawn-1.png, 200",
        "GET, /store/trust.json, 404",
        "OPTIONS, /predictions/pretrained-skin, 200",
        "OPTIONS, /predictions/none/" + VERSION + ", 404",
        "OPTIONS, /explanations/pretrained-skin, 200",
        "OPTIONS, /explanations/none/" + VERSION + ", 404",
        "OPTIONS, /invocations, 400",
        "OPTIONS, /models/pretrained-skin/invoke, 200"
    })
    void isListed(String method, String target, int status) {
        String escaped = target.replace("[", "%5B").replace("]", "%5D");
        check(method, escaped, open.send(method, escaped, NOTHING), status);
    }

    @Test
    void listsWhatIsSaidAboutAPicture() {
        check("POST", PREDICTIONS, open.post(PREDICTIONS, PICTURE), 200);
        String whole = "application/vnd.medzoo.finding+json";
        check("POST", PREDICTIONS, open.post(PREDICTIONS, PICTURE, "Accept", whole), 200);
        String version = PREDICTIONS + "/" + VERSION;
        check("POST", version, open.post(version, PICTURE), 200);
        String explanations = "/explanations/" + SKIN;
        check("POST", explanations, open.post(explanations, PICTURE), 200);
        String drawn = explanations + "/" + VERSION + "?method=gradcam&class=mel";
        check("POST", drawn, open.post(drawn, PICTURE, "Accept", "image/png"), 200);
        String other = explanations + "?method=lime";
        check("POST", other, open.post(other, PICTURE), 400);
        String invoke = "/models/" + SKIN + "/invoke";
        check("POST", invoke, open.post(invoke, PICTURE), 200);
        String invocations = "/invocations?model_name=" + SKIN;
        check("POST", invocations, open.post(invocations, PICTURE), 200);
        byte[] form = new Multipart().file("data", PICTURE).bytes();
        Answer answer = open.post(PREDICTIONS, form, "Content-Type", Multipart.TYPE);
        check("POST", PREDICTIONS, answer, 200);
    }

    @Test
    void listsAnswersThatAreAskedForLater() throws Exception {
        Answer promise = open.post(PREDICTIONS, PICTURE, "x-synchronous", "false");
        check("POST", PREDICTIONS, promise, 200);
        String[] asking = {"x-starting-token", promise.header("x-next-token")};
        Deadline.await(
                () -> {
                    Answer now = open.post(PREDICTIONS, NOTHING, asking);
                    check("POST", PREDICTIONS, now, now.status() == 202 ? 202 : 200);
                    return !now.body().isEmpty();
                });
        Answer unknown = open.post(PREDICTIONS, NOTHING, "x-starting-token", "none");
        check("POST", PREDICTIONS, unknown, 400);
    }

    @Test
    void listsTensors() {
        String input =
                "{\"id\": \"7\", \"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"%s\"]}]%s}";
        String picture = Base64.getEncoder().encodeToString(PICTURE);
        String json = input.formatted(picture, "");
        String binary =
                input.formatted(picture, ", \"parameters\": {\"binary_data_output\": true}");

        assertThat(DOCUMENT.validate(DOCUMENT.at("/components/schemas/InferRequest"), json))
                .isEmpty();
        check("POST", INFER, open.post(INFER, json.getBytes(StandardCharsets.UTF_8)), 200);
        Answer answer = open.post(INFER, binary.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
        check("POST", INFER, answer, 200);
        String version = INFER.replace("/infer", "/versions/9.9.9/infer");
        check("POST", version, open.post(version, json.getBytes(StandardCharsets.UTF_8)), 404);
    }

    @Test
    void listsWhatIsRefusedForAPicture() {
        byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
        check("POST", PREDICTIONS, open.post(PREDICTIONS, text), 400);
        check("POST", PREDICTIONS, open.post(PREDICTIONS, new byte[100_001]), 413);
        check("POST", INFER, open.post(INFER, new byte[100_001]), 413);
        Answer late = open.post(PREDICTIONS, PICTURE, "x-request-timeout-ms", "1");
        check("POST", PREDICTIONS, late, 504);
        check("POST", "/predictions/none", open.post("/predictions/none", PICTURE), 404);

        open.send("PUT", "/models/" + SKIN + "?min_worker=0&max_worker=0", NOTHING);
        check("POST", PREDICTIONS, open.post(PREDICTIONS, PICTURE), 503);
        open.send("PUT", "/models/" + SKIN + "?min_worker=1&max_worker=2", NOTHING);
    }

    @Test
    void listsWhoMayNotGoOn() {
        for (String path : List.of("/models", "/metrics", "/store/index.json", "/v2/models/x")) {
            check("GET", path, closed.get(path), 401);
        }
        Answer forbidden = closed.send("DELETE", "/models/x", NOTHING, "Authorization", token);
        check("DELETE", "/models/x", forbidden, 403);
        Answer first = closed.post(PREDICTIONS, PICTURE, "Authorization", token);
        check("POST", PREDICTIONS, first, 404);
        Answer second = tooOften(PREDICTIONS);
        check("POST", PREDICTIONS, second, 429);
        assertThat(second.header("retry-after")).isNotEmpty();
        check("POST", INFER, tooOften(INFER), 429);
    }

    private Answer tooOften(String path) {
        return Deadline.until(429, () -> closed.post(path, PICTURE, "Authorization", token));
    }

    @Test
    void listsWhatIsNoRequestOfItsKind() throws Exception {
        raw("GET", "/ping", "GET /ping HTTP/1.1\r\nHost: localhost\r\nno header\r\n\r\n", 400);
        raw(
                "GET",
                "/ping",
                "GET /ping HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab",
                408);
        raw(
                "GET",
                "/ping",
                "GET /ping?" + "a".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                414);
        raw(
                "GET",
                "/ping",
                "GET /ping HTTP/1.1\r\nHost: localhost\r\nExpect: the worst\r\n\r\n",
                417);
        raw(
                "GET",
                "/ping",
                "GET /ping HTTP/1.1\r\nHost: localhost\r\na: " + "b".repeat(3000) + "\r\n\r\n",
                431);
        String index = "/store/index.json";
        check("GET", index, open.send("GET", index, NOTHING, "Range", "bytes=0-3"), 206);
        check("GET", index, open.send("GET", index, NOTHING, "Range", "bytes=999999-"), 416);
    }

    /** Neither is an operation, so neither is listed; both are refusals all the same. */
    @Test
    void refusesWhatIsNotListedInTheSameShape() {
        for (Answer answer : List.of(open.get("/unknown"), open.send("PATCH", "/ping", NOTHING))) {
            assertThat(answer.status()).isIn(404, 405);
            assertThat(DOCUMENT.validate(DOCUMENT.at("/components/schemas/Refusal"), answer.body()))
                    .isEmpty();
        }
    }

    @Test
    void wouldSeeAnAnswerThatIsNotListed() {
        Answer answer = open.get("/live");
        Answer other = new Answer(201, answer.headers(), answer.body());
        Answer more = new Answer(200, answer.headers(), "{\"status\": \"live\", \"also\": 1}");
        Answer text =
                new Answer(
                        200,
                        HttpHeaders.of(
                                Map.of("content-type", List.of("text/html")), (a, b) -> true),
                        "live");

        for (Answer wrong : List.of(other, more, text)) {
            assertThat(DOCUMENT.faults("GET", "/live", wrong)).hasSize(1);
        }
    }

    private static void raw(String method, String path, String request, int status)
            throws Exception {
        try (Wire wire = new Wire(open)) {
            check(method, path, parsed(wire.send(request).rest()), status);
        }
    }

    private static Answer parsed(String response) {
        String[] parts = response.split("\r\n\r\n", 2);
        Map<String, List<String>> headers =
                Arrays.stream(parts[0].split("\r\n", -1))
                        .skip(1)
                        .map(line -> line.split(": ", 2))
                        .collect(Collectors.toMap(each -> each[0], each -> List.of(each[1])));
        return new Answer(
                Integer.parseInt(response.split(" ", 3)[1]),
                HttpHeaders.of(headers, (name, value) -> true),
                parts[1]);
    }

    private static void check(String method, String target, Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(DOCUMENT.faults(method, target, answer)).isEmpty();
    }
}
