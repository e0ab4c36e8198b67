package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.access.Role;
import dev.medzoo.serving.audit.AuditKey;
import dev.medzoo.serving.audit.AuditReport;
import dev.medzoo.serving.audit.AuditVerifier;
import dev.medzoo.serving.settings.ServerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that keeps an audit log, and what it does when it cannot. */
@Tag("slow")
class AuditedServerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PATH = "/predictions/" + SKIN;
    private static final byte[] PICTURE = DrawnPicture.jpeg(320, 240, 1);
    private static final byte[] LARGE = DrawnPicture.png(2000, 1500, 1);
    private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

    private final Path folder;
    private final Path key;
    private RunningServer server = RunningServer.with("load_models=" + SKIN);

    AuditedServerTest(@TempDir Path temp) throws IOException {
        folder = Files.createDirectory(temp.resolve("log"));
        key = temp.resolve("key");
        AuditKey.create(key);
    }

    @AfterEach
    void stop() {
        server.server().close();
    }

    private void start(String... options) throws StartException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("load_models=" + SKIN, "workers=1"));
        all.addAll(List.of("audit_file=" + log(), "audit_key_file=" + key));
        server = RunningServer.with(all.toArray(String[]::new)).start();
    }

    private Path log() {
        return folder.resolve("audit.log");
    }

    @Test
    void hasARecordOfEveryAnswerBeforeTheClientReadsIt() throws Exception {
        TokensFile tokens = new TokensFile(folder).add("ward-3", Role.PREDICT);
        start(tokens.setting());
        Answer good =
                server.post(
                        PATH,
                        PICTURE,
                        "x-request-id",
                        "a-200",
                        "Authorization",
                        tokens.bearer("ward-3"));
        JsonNode record = record("a-200");

        assertThat(good.status()).isEqualTo(200);
        assertThat(record.get("kind").asText()).isEqualTo("request");
        assertThat(record.get("via").asText()).isEqualTo("http");
        assertThat(record.get("who").asText()).isEqualTo("ward-3");
        assertThat(record.get("model").asText()).isEqualTo(SKIN);
        assertThat(record.get("version").asText()).isEqualTo(VERSION);
        assertThat(record.get("digest").asText()).isEqualTo(good.header("x-medzoo-digest"));
        assertThat(record.get("status").asInt()).isEqualTo(200);
        assertThat(record.at("/decision/label").asText())
                .isEqualTo(good.json("/0/className").asText());
        assertThat(record.at("/decision/probability").asDouble())
                .isEqualTo(good.json("/0/probability").asDouble());

        assertThat(server.post(PATH, TEXT, "x-request-id", "a-400").status()).isEqualTo(400);
        assertThat(record("a-400").get("status").asInt()).isEqualTo(400);
        assertThat(record("a-400").get("who").asText()).isEqualTo("anonymous");
        assertThat(record("a-400").has("decision")).isFalse();
        assertThat(server.post("/predictions/none", PICTURE, "x-request-id", "a-404").status())
                .isEqualTo(404);
        assertThat(record("a-404").has("digest")).isFalse();
        // The same picture, and so the same keyed hash.
        assertThat(record("a-404").get("input")).isEqualTo(record.get("input"));
        byte[] form = new Multipart().file("data", PICTURE).bytes();
        server.post(PATH, form, "x-request-id", "form", "Content-Type", Multipart.TYPE);
        assertThat(record("form").get("input")).isEqualTo(record.get("input"));
        server.post(PATH, LARGE, "x-request-id", "a-504", "x-request-timeout-ms", "1");
        assertThat(record("a-504").get("status").asInt()).isEqualTo(504);
        assertThat(Files.readString(log())).doesNotContain("127.0.0.1", "none");
        assertThat(verify(5).isFaultless()).isTrue();
    }

    @Test
    void recordsAnExplanationAsAPrediction() throws Exception {
        start();
        String path = "/explanations/" + SKIN;
        Answer good = server.post(path + "?class=mel", PICTURE, "x-request-id", "e-200");
        JsonNode record = record("e-200");

        assertThat(good.status()).isEqualTo(200);
        assertThat(record.get("digest")).isEqualTo(good.json("/digest"));
        assertThat(record.at("/decision/label")).isEqualTo(good.json("/finding/label"));
        assertThat(record.at("/decision/probability")).isEqualTo(good.json("/finding/probability"));
        assertThat(server.post(path, TEXT, "x-request-id", "e-text").status()).isEqualTo(400);
        assertThat(record("e-text").get("status").asInt()).isEqualTo(400);
        String none = path + "?class=none";
        assertThat(server.post(none, PICTURE, "x-request-id", "e-class").status()).isEqualTo(400);
        assertThat(record("e-class").get("input")).isEqualTo(record.get("input"));
        server.post(path, LARGE, "x-request-id", "e-504", "x-request-timeout-ms", "1");
        assertThat(record("e-504").get("status").asInt()).isEqualTo(504);
        assertThat(verify(4).isFaultless()).isTrue();
    }

    @Test
    void hasARecordOfEachOfManyAtOnceAndOfThoseItHadNoRoomFor() throws Exception {
        start("job_queue_size=2", "audit_rotate_bytes=4096");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(server.sendAsync("POST", PATH, LARGE, "x-request-id", "many-" + i));
        }
        // All at first: who reads a log that is being rotated may miss a file.
        List<Integer> statuses = answers.stream().map(each -> each.join().status()).toList();
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            int status = statuses.get(i);
            assertThat(record("many-" + i).get("status").asInt()).isEqualTo(status);
            refused += status == 503 ? 1 : 0;
        }

        assertThat(refused).isBetween(1, 39);
        assertThat(verify(40).isFaultless()).isTrue();
        assertThat(verify(40).files()).isGreaterThan(1);
    }

    @Test
    void answersNothingThatItCannotRecordAndGoesOnOnceItCan() throws Exception {
        start();
        assertThat(server.post(PATH, PICTURE).status()).isEqualTo(200);
        Path away = folder.resolveSibling("away");
        Files.move(folder, away);

        assertUnkept(server.post(PATH, PICTURE));
        assertUnkept(server.post(PATH, TEXT));
        assertUnkept(server.post("/predictions/none", PICTURE));
        assertThat(server.get("/ping").status()).isEqualTo(200);
        PrometheusText page = PrometheusText.of(server);
        assertThat(page.sum("medzoo_audit_failures_total")).isEqualTo(3);
        assertThat(page.sum("medzoo_requests_total", "status", "200")).isEqualTo(1);
        assertThat(page.sum("medzoo_requests_total", "status", "500")).isEqualTo(2);
        assertThat(page.sum("medzoo_refusals_total", "reason", "failed")).isEqualTo(3);
        assertThat(page.sum("medzoo_total_seconds_count")).isEqualTo(1);

        Files.move(away, folder);
        assertThat(server.post(PATH, PICTURE, "x-request-id", "again").status()).isEqualTo(200);
        assertThat(record("again").get("status").asInt()).isEqualTo(200);
        assertThat(verify(2).isFaultless()).isTrue();
        assertThat(verify(2).lost()).isEqualTo(3);
    }

    private static void assertUnkept(Answer answer) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json("/type").asText()).isEqualTo("InternalServerException");
        assertThat(answer.json("/message").asText())
                .startsWith("audit: the answer cannot be recorded");
        assertThat(answer.body()).doesNotContain("className");
        assertThat(answer.header("x-medzoo-model")).isEmpty();
    }

    @Test
    void doesNotStartWithALogThatItCannotWrite() throws Exception {
        ServerSettings settings =
                RunningServer.settings(
                        "load_models=NONE",
                        "audit_file=" + folder.resolve("none/audit.log"),
                        "audit_key_file=" + key);
        assertThatThrownBy(() -> Server.start(settings))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("audit: ");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::start)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("audit: ");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        start();
    }

    private AuditReport verify(long events) throws IOException {
        AuditReport report = AuditVerifier.verify(log(), AuditKey.read(key), null);
        assertThat(report.faults()).isEmpty();
        assertThat(report.events()).isEqualTo(events);
        return report;
    }

    /** The only one of a request, in whichever file of the log it stands. */
    private JsonNode record(String requestId) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().contains("audit.log")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode record = MAPPER.readTree(line);
                    if (record.path("requestId").asText().equals(requestId)) {
                        found.add(record);
                    }
                }
            }
        }
        assertThat(found).as(requestId).hasSize(1);
        return found.get(0);
    }
}
