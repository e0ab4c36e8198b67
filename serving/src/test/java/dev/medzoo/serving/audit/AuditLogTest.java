package dev.medzoo.serving.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.medzoo.serving.audit.AuditEvent.Via;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, and how it goes on after a rotation, a restart and a crash. */
@Tag("slow")
class AuditLogTest {
    @TempDir private Path temp = Path.of("");
    private LogFolder folder = new LogFolder(temp);

    @BeforeEach
    void makeKey() throws IOException {
        folder = LogFolder.in(temp);
    }

    /** The MACs were computed with another program from the same key. */
    @Test
    void linesAreTheseToTheLastByte() throws Exception {
        Files.writeString(folder.keyFile(), "0f".repeat(32) + "\n");
        try (AuditLog log = folder.open()) {
            log.append(LogFolder.event(log, "first")).join();
            log.append(
                            new AuditEvent(
                                    "second",
                                    Via.GRPC,
                                    AuditEvent.ANONYMOUS,
                                    null,
                                    null,
                                    null,
                                    null,
                                    404,
                                    null))
                    .join();
        }

        assertThat(folder.file())
                .hasContent(
                        """
                        {"seq":1,"time":"2026-01-31T12:00:00Z","kind":"opened","key":"9436f6c38407c8d0","torn":0,"prev":"0000000000000000000000000000000000000000000000000000000000000000","mac":"0cfbe854bd9ef4b05e0bd4ca26f50152c571b023e8417678e9be2efaba9bb021"}
                        {"seq":2,"time":"2026-01-31T12:00:00Z","kind":"request","requestId":"first","via":"http","who":"ward-3","model":"pretrained-skin","version":"1.0.0","digest":"sha256:abababababababababababababababababababababababababababababababab","input":"hmac-sha256:7f410982713779a5752d945f45ef8318039e237b407214e72d143ebcd5ad8f1f","status":200,"decision":{"label":"nv","probability":0.75,"abstained":false},"prev":"0cfbe854bd9ef4b05e0bd4ca26f50152c571b023e8417678e9be2efaba9bb021","mac":"bf9aa503a7d9900070cc68d9436dd216df0fda6372be3b459597b849ad69b8e8"}
                        {"seq":3,"time":"2026-01-31T12:00:00Z","kind":"request","requestId":"second","via":"grpc","who":"anonymous","status":404,"prev":"bf9aa503a7d9900070cc68d9436dd216df0fda6372be3b459597b849ad69b8e8","mac":"fc33e011f8a9b44035363d813e8f4db1c60b79c09763cd6ca9fcdde899858aa1"}
                        """);
    }

    @Test
    void aLineHoldsTheEventAndTheTime() throws Exception {
        try (AuditLog log = folder.open()) {
            log.append(LogFolder.event(log, "r-1")).join();

            JsonNode line = new JsonMapper().readTree(folder.lines().get(1));
            assertThat(line.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "seq",
                            "time",
                            "kind",
                            "requestId",
                            "via",
                            "who",
                            "model",
                            "version",
                            "digest",
                            "input",
                            "status",
                            "decision",
                            "prev",
                            "mac");
            assertThat(line.path("time").asText()).isEqualTo("2026-01-31T12:00:00Z");
            assertThat(line.at("/decision/probability").asDouble()).isEqualTo(0.75);
            assertThat(log.last()).hasToString("2:" + line.path("mac").asText());
        }
    }

    @Test
    void theChainHoldsOverRotationsAndRestarts() throws Exception {
        for (int start = 0; start < 3; start++) {
            try (AuditLog log = folder.openSmall()) {
                LogFolder.append(log, 25);
            }
        }

        List<Path> files = folder.files();
        AuditReport report = folder.verify();
        assertThat(report.faults()).isEmpty();
        assertThat(report.events()).isEqualTo(75);
        assertThat(report.files()).isEqualTo(files.size()).isGreaterThan(5);
        assertThat(report.lines()).isEqualTo(folder.lines().size());
        assertThat(files.get(0)).hasFileName("audit.log.000000000001");
        for (Path file : files) {
            assertThat(Files.size(file)).isLessThan(LogFolder.SMALL + 1024);
            assertThat(Files.readAllLines(file).get(0)).contains("\"kind\":\"opened\"");
        }
    }

    @Test
    void goesOnAfterACrashBetweenTwoFiles() throws Exception {
        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 3);
        }
        Files.move(folder.file(), new LogFiles(folder.file()).rotated(1));

        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 3);
        }
        AuditReport report = folder.verify();
        assertThat(report.faults()).isEmpty();
        assertThat(report.last().seq()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"seq\":9,\"time\":\"2026", "\0\0\0\0\0\0\0\0"})
    void aTornLastLineIsCutOffAndALineSaysSo(String torn) throws Exception {
        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 3);
        }
        Files.writeString(folder.file(), torn, StandardOpenOption.APPEND);
        assertThat(folder.verify().faults())
                .singleElement()
                .asString()
                .endsWith("without a line break (expected: a complete line): a crash or a cut");

        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 1);
        }
        assertThat(folder.verify().faults()).isEmpty();
        assertThat(folder.lines().get(4)).contains("\"torn\":" + torn.length() + ",");
        assertThat(folder.lines().get(0)).contains("\"torn\":0,");
    }

    @Test
    void aFileOfNothingButATornLineBeginsAnew() throws Exception {
        Files.writeString(folder.file(), "{\"seq\":1,\"ti");

        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 1);
        }
        assertThat(folder.verify().faults()).isEmpty();
        assertThat(folder.lines()).hasSize(2);
    }

    @Test
    void manyThreadsWriteOneChainAndNothingIsMissing() throws Exception {
        int threads = 8;
        long all = 4000;
        int each = 500;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try (AuditLog log = AuditLog.open(folder.settings(256 << 10))) {
            List<Future<List<CompletableFuture<Void>>>> begun = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "caller-" + t + "-";
                begun.add(callers.submit(() -> appended(log, name, each)));
            }
            for (Future<List<CompletableFuture<Void>>> caller : begun) {
                caller.get(10, TimeUnit.MINUTES)
                        .forEach(line -> assertThat(line).succeedsWithin(60, TimeUnit.SECONDS));
            }
            // Not closed yet: what was reported is in the file.
            assertThat(folder.verify().events()).isEqualTo(all);
        } finally {
            callers.shutdownNow();
        }

        AuditReport report = folder.verify();
        assertThat(report.faults()).isEmpty();
        assertThat(report.files()).isGreaterThan(1);
        assertThat(report.lost()).isZero();
        assertThat(requestIds()).hasSize(threads * each).doesNotHaveDuplicates();
    }

    private static List<CompletableFuture<Void>> appended(AuditLog log, String name, int events) {
        List<CompletableFuture<Void>> lines = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            lines.add(log.append(LogFolder.event(log, name + i)));
        }
        return lines;
    }

    private List<String> requestIds() throws IOException {
        List<String> ids = new ArrayList<>();
        JsonMapper json = new JsonMapper();
        for (String line : folder.lines()) {
            JsonNode id = json.readTree(line).path("requestId");
            if (id.isTextual()) {
                ids.add(id.asText());
            }
        }
        return ids;
    }

    @Test
    void closingWritesWhatWaits() throws Exception {
        List<CompletableFuture<Void>> lines;
        try (AuditLog log = folder.open()) {
            lines = appended(log, "r", 1000);
        }
        assertThat(lines).allMatch(line -> line.isDone() && !line.isCompletedExceptionally());
        assertThat(folder.verify().events()).isEqualTo(1000);
    }

    @Test
    void oneAtATimeMayWriteIt() throws Exception {
        try (AuditLog log = folder.open()) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(folder::open)
                        .isInstanceOf(IOException.class)
                        .hasMessage(
                                folder.file()
                                        + ": another process writes it (expected: one writer per file)");
            }
            LogFolder.append(log, 1);
        }
        folder.open().close();
        assertThat(folder.verify().faults()).isEmpty();
    }

    @Test
    void anotherProcessMayNotWriteItEither() throws Exception {
        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 1);
            Process other = OtherWriter.start(folder);
            assertThat(said(other)).contains("another process writes it");
            assertThat(other.waitFor()).isEqualTo(3);
        }
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    @Timeout(120)
    void aKilledProcessHasWrittenAllThatItReported() throws Exception {
        List<String> reported = new ArrayList<>();
        for (int kill = 1; kill <= 3; kill++) {
            Process writer = OtherWriter.start(folder);
            try (BufferedReader said = writer.inputReader(StandardCharsets.UTF_8)) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    if (line.startsWith(OtherWriter.WRITTEN)) {
                        reported.add(line.substring(OtherWriter.WRITTEN.length()));
                    }
                    if (reported.size() == 60 * kill) {
                        // Not by the Process, which would close the reader too.
                        writer.toHandle().destroyForcibly();
                    }
                }
            }
            writer.waitFor();
        }
        folder.open().close();

        assertThat(folder.verify().faults()).isEmpty();
        assertThat(folder.files()).hasSizeGreaterThan(3);
        assertThat(reported).hasSizeGreaterThanOrEqualTo(180);
        assertThat(requestIds()).containsAll(reported);
    }

    @Test
    void onlyItsOwnerCanReadTheFiles() throws Exception {
        try (AuditLog log = folder.openSmall()) {
            LogFolder.append(log, 25);
        }
        for (Path file : folder.files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void goesNotOnBehindALineOfAnotherKeyOrAChangedOne() throws Exception {
        try (AuditLog log = folder.open()) {
            LogFolder.append(log, 2);
        }
        Files.delete(folder.keyFile());
        AuditKey.create(folder.keyFile());

        assertThatThrownBy(folder::open)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        folder.file()
                                + ": its last line was changed, or is of another key (expected:");
        assertThatThrownBy(folder::open).hasMessageContaining("last line was changed");
    }
}
