package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.watch.AccessLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

@Tag("slow")
class AccessLogTest {
    @RegisterExtension
    static final RunningServer server =
            RunningServer.with(
                    "workers=1",
                    "load_models=" + SKIN,
                    "max_request_size=1000000",
                    "request_read_timeout=3");

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] LARGE = DrawnPicture.png(2000, 1500, 1);
    private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.detachAppender(log);
        LOGGER.setLevel(null);
    }

    @Test
    void hasOneJsonObjectForEachAnswer() throws Exception {
        Instant before = Instant.now();
        Answer answer = server.post(PATH, PICTURE, "x-request-id", "case-17");
        JsonNode line = awaitLine("case-17");

        assertThat(line.fieldNames())
                .toIterable()
                .containsExactly(
                        "time",
                        "request_id",
                        "method",
                        "route",
                        "status",
                        "millis",
                        "bytes_in",
                        "bytes_out",
                        "caller",
                        "model",
                        "version",
                        "digest");
        assertThat(Instant.parse(line.get("time").asText())).isBetween(before, Instant.now());
        assertThat(line.get("method").asText()).isEqualTo("POST");
        assertThat(line.get("route").asText()).isEqualTo("/predictions/{model}");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("millis").asDouble()).isBetween(0.1, 60_000.0);
        assertThat(line.get("bytes_in").asInt()).isEqualTo(PICTURE.length);
        assertThat(line.get("bytes_out").asInt()).isEqualTo(answer.body().length());
        assertThat(line.get("caller").asText()).isEqualTo("anonymous");
        assertThat(line.get("model").asText()).isEqualTo(SKIN);
        assertThat(line.get("version").asText()).isEqualTo(VERSION);
        assertThat(line.get("digest").asText()).isEqualTo(answer.header("x-medzoo-digest"));
    }

    @Test
    void saysWhyARequestWasRefused() throws Exception {
        server.post(PATH, TEXT, "x-request-id", "bad");
        server.post("/predictions/none", PICTURE, "x-request-id", "unknown");
        server.send("BREW", "/ping", TEXT, "x-request-id", "odd");
        server.get("/nowhere");

        assertThat(awaitLine("bad").get("refusal").asText()).isEqualTo("UNREADABLE_PICTURE");
        assertThat(awaitLine("unknown").get("refusal").asText()).isEqualTo("UNKNOWN_MODEL");
        JsonNode odd = awaitLine("odd");
        assertThat(odd.get("status").asInt()).isEqualTo(405);
        assertThat(odd.get("method").asText()).isEqualTo("other");
        assertThat(odd.get("route").asText()).isEqualTo("none");
    }

    /** None of these ever became a request. */
    @Test
    void hasWhatWasRefusedBeforeItWasWholeToo() throws Exception {
        String long1 = "x".repeat(100_000);
        assertRefused(
                "GET / HTTP/1.1\r\nHost: localhost\r\nx-request-id: r431\r\nh: "
                        + long1
                        + "\r\n\r\n",
                431);
        assertRefused("GET /" + long1 + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414);
        assertRefused("nonsense\r\n\r\n", 400);
        assertRefused("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n", 413);
        assertRefused("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\nhalf", 408);
        assertRefused("POST / HTTP/1.1\r\nHost: localhost\r\nContent-", 408);
        assertRefused(
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: a miracle\r\n\r\n",
                417);
    }

    private void assertRefused(String sent, int status) throws Exception {
        int before = lines().size();
        try (Wire wire = new Wire(server)) {
            assertThat(wire.send(sent).rest()).startsWith("HTTP/1.1 " + status + " ");
        }
        Deadline.await(() -> log.list.size() > before);
        JsonNode line = lines().get(before);
        assertThat(line.get("status").asInt()).isEqualTo(status);
        assertThat(line.get("route").asText()).isEqualTo("none");
        assertThat(line.has("refusal")).isTrue();
        assertThat(
                        PrometheusText.of(server)
                                .sum("medzoo_http_requests_total", "status", status + ""))
                .isPositive();
    }

    @Test
    void hasThoseThatNobodyWaitedForAs499() throws Exception {
        double before = PrometheusText.of(server).sum("medzoo_http_abandoned_total");
        for (int i = 0; i < 3; i++) {
            try (Wire wire = new Wire(server)) {
                wire.send(
                                "POST "
                                        + PATH
                                        + " HTTP/1.1\r\nHost: localhost\r\nx-request-id: left-"
                                        + i
                                        + "\r\n")
                        .send("Content-Length: " + LARGE.length + "\r\n\r\n")
                        .send(LARGE);
            }
        }
        for (int i = 0; i < 3; i++) {
            JsonNode line = awaitLine("left-" + i);
            assertThat(line.get("status").asInt()).isEqualTo(499);
            assertThat(line.get("refusal").asText()).isEqualTo("CLIENT_GONE");
            assertThat(line.get("route").asText()).isEqualTo("/predictions/{model}");
            assertThat(line.get("bytes_in").asInt()).isEqualTo(LARGE.length);
            assertThat(line.get("bytes_out").asInt()).isZero();
        }
        assertThat(PrometheusText.of(server).sum("medzoo_http_abandoned_total") - before)
                .isEqualTo(3);
    }

    /** A made-up patient's name, in everything that a client can write but the request's id. */
    @Test
    void hasNothingThatAClientWroteButTheRequestsId() throws Exception {
        String name = "JaneDoe1950";
        byte[] form =
                new Multipart()
                        .file(name, PICTURE)
                        .field("data", name.getBytes(StandardCharsets.UTF_8))
                        .bytes();
        int requests = 0;
        for (String line :
                List.of(
                        "POST " + PATH + "?patient=NAME&NAME",
                        "POST /predictions/NAME",
                        "POST /predictions/" + SKIN + "/NAME",
                        "POST /models/NAME/invoke",
                        "POST /invocations?model_name=NAME",
                        "GET /models/NAME",
                        "GET /NAME/NAME",
                        "GET /store/NAME",
                        "PUT /models/NAME?min_worker=NAME",
                        "POST /models?url=NAME&model_name=NAME",
                        "GET http://NAME@NAME/ping?NAME#NAME",
                        "JANEDOE1950 /NAME",
                        "GET /server/logging?level=NAME",
                        "GET /%NAME",
                        "NAME")) {
            send(line, name, form);
            requests++;
        }
        int all = requests;
        Deadline.await(() -> log.list.size() >= all);

        assertThat(lines()).hasSize(requests);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase(name));
        assertThat(lines())
                .filteredOn(line -> line.get("request_id").asText().equals("case-17"))
                .hasSizeGreaterThan(10);
    }

    private static void send(String line, String name, byte[] form) throws IOException {
        String head =
                """
                LINE HTTP/1.1
                Host: 127.0.0.1
                x-request-id: case-17
                User-Agent: NAME
                Authorization: Bearer NAME
                Cookie: patient=NAME
                Referer: http://NAME/
                From: NAME
                X-Forwarded-For: NAME
                Accept: NAME
                x-routing-key: NAME
                traceparent: NAME
                baggage: patient=NAME
                NAME: NAME
                Connection: close
                """
                        .replace("LINE", line)
                        .replace("NAME", name)
                        .replace("\n", "\r\n");
        try (Wire wire = new Wire(server)) {
            wire.send(head)
                    .send("Content-Type: " + Multipart.TYPE + "; x=" + name + "\r\n")
                    .send("Content-Length: " + form.length + "\r\n\r\n");
            assertThat(wire.send(form).rest()).startsWith("HTTP/1.1 ");
        }
    }

    @Test
    void takesNoIdThatIsNone() throws Exception {
        for (String id : List.of("Jane Doe", "x".repeat(129), "\u00e4")) {
            try (Wire wire = new Wire(server)) {
                wire.send("GET /ping HTTP/1.1\r\nHost: localhost\r\nx-request-id: " + id + "\r\n")
                        .send("Connection: close\r\n\r\n");
                assertThat(wire.rest()).doesNotContain(id);
            }
        }
        Deadline.await(() -> log.list.size() == 3);
        assertThat(lines())
                .extracting(line -> line.get("request_id").asText())
                .allMatch(id -> id.matches("[0-9a-f-]{36}"));
    }

    @Test
    void isOffWhereTheSettingsSaySo() throws Exception {
        RunningServer quiet =
                RunningServer.with("workers=1", "load_models=NONE", "access_log=false").start();
        assertThat(quiet.get("/ping").status()).isEqualTo(200);
        quiet.server().close();

        assertThat(lines()).isEmpty();
    }

    private JsonNode awaitLine(String requestId) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        Deadline.await(
                () -> {
                    found.clear();
                    lines().stream()
                            .filter(line -> line.get("request_id").asText().equals(requestId))
                            .forEach(found::add);
                    return !found.isEmpty();
                });
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<JsonNode> lines() {
        List<JsonNode> lines = new ArrayList<>();
        for (ILoggingEvent event : log.list) {
            assertThat(event.getFormattedMessage()).doesNotContain("\n");
            try {
                JsonNode line = MAPPER.readTree(event.getFormattedMessage());
                assertThat(line.isObject()).isTrue();
                lines.add(line);
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
        return lines;
    }
}
