package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.medzoo.serving.audit.AuditKey;
import dev.medzoo.serving.dicomweb.MadeDicom;
import dev.medzoo.serving.dicomweb.Orthanc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A whole server that watches Orthanc. */
@Tag("slow")
class DicomNodeTest {
    private static final MadeDicom[] PICTURES = {
        MadeDicom.colour(1, 1, 1),
        MadeDicom.colour(1, 2, 3),
        MadeDicom.grey(1, 3, "MONOCHROME2"),
        MadeDicom.grey(2, 4, "MONOCHROME1"),
        MadeDicom.jpeg(2, 5)
    };

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir private Path folder = Path.of("");
    private @Nullable Level before;
    private Orthanc orthanc;
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger("dev.medzoo.serving");
        // Another test may have had the server say less.
        before = root.getLevel();
        root.setLevel(Level.INFO);
        log.start();
        root.addAppender(log);
        AuditKey.create(folder.resolve("key"));
        orthanc = new Orthanc(Files.createDirectory(folder.resolve("orthanc")), true);
        server = server().start();
    }

    private RunningServer server() {
        return RunningServer.withOne(
                SKIN,
                "dicomweb=" + orthanc.root(),
                "dicomweb_model=" + SKIN,
                "dicomweb_query=Modality=XC",
                "dicomweb_state=" + folder.resolve("state"),
                "dicomweb_interval=0.1",
                "dicomweb_page_size=2",
                "audit_file=" + folder.resolve("audit"),
                "audit_key_file=" + folder.resolve("key"));
    }

    @AfterEach
    void stop() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger("dev.medzoo.serving");
        root.detachAppender(log);
        root.setLevel(before);
        server.server().close();
        orthanc.stop();
    }

    private JsonNode state() {
        return server.get("/dicomweb").json("");
    }

    private void await(String status, int reported) throws InterruptedException {
        Deadline.await(
                () -> {
                    JsonNode now = state();
                    return now.get("status").asText().equals(status)
                            && now.path("reported").asInt() == reported;
                });
    }

    @Test
    void sendsOneReportOnEachPictureAndOutlivesRestartsOfBoth() throws Exception {
        orthanc.store(PICTURES);
        orthanc.store(MadeDicom.colour(2, 6, 1).burnedIn(), MadeDicom.colour(2, 7, 1).ofMedzoo());
        await("watching", PICTURES.length);
        Deadline.await(() -> state().get("refused").asInt() == 1);

        assertThat(orthanc.reports(1)).isEqualTo(3);
        assertThat(orthanc.reports(2)).isEqualTo(2);
        JsonNode reports = orthanc.find("instances?Modality=SR");
        assertThat(reports).hasSize(PICTURES.length);
        List<String> texts = new ArrayList<>();
        for (JsonNode each : reports) {
            texts.add(dsrdump(orthanc.file(each)));
        }
        for (MadeDicom each : PICTURES) {
            String label =
                    server.post("/predictions/" + SKIN, each.bytes()).json("/0/className").asText();
            assertThat(texts)
                    .filteredOn(text -> text.contains(each.uid()))
                    .singleElement()
                    .asString()
                    .contains(SKIN, label);
        }
        assertThat(audited()).isEqualTo(PICTURES.length + 1);
        assertThat(server.get("/metrics").body())
                .contains(
                        "medzoo_dicomweb_up 1.0",
                        "medzoo_dicomweb_matching 6.0",
                        "medzoo_dicomweb_reports_total 5.0",
                        "medzoo_dicomweb_refusals_total 1.0");

        server.server().close();
        server = server().start();
        await("watching", PICTURES.length);
        orthanc.stop();
        await("waiting", PICTURES.length);
        assertThat(server.get("/ready").status()).isEqualTo(200);
        assertThat(server.post("/predictions/" + SKIN, PICTURES[0].bytes()).status())
                .isEqualTo(200);
        orthanc.start();
        orthanc.store(MadeDicom.colour(3, 8, 1));
        await("watching", PICTURES.length + 1);

        assertThat(orthanc.find("instances?Modality=SR")).hasSize(PICTURES.length + 1);
        assertThat(audited()).isEqualTo(PICTURES.length + 2);
        checkLog();
    }

    /** Pictures of which the audit log says that the node found them. */
    private long audited() throws IOException {
        try (var lines = Files.lines(folder.resolve("audit"))) {
            return lines.filter(line -> line.contains("\"via\":\"dicomweb\"")).count();
        }
    }

    /** No one's name, and no UID, by which an archive finds one. */
    private void checkLog() {
        List<String> said =
                log.list.stream()
                        .filter(each -> each.getLevel().isGreaterOrEqual(Level.INFO))
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList();
        assertThat(said).anyMatch(each -> each.startsWith("polling http://127.0.0.1:"));
        assertThat(said)
                .noneMatch(each -> each.contains(MadeDicom.study(0).replaceFirst("0$", "")))
                .noneMatch(each -> each.contains("2.25."))
                .noneMatch(each -> each.contains("QUIXOTE") || each.contains("7788990011"));
    }

    private String dsrdump(byte[] file) throws Exception {
        Path path = Files.write(folder.resolve("report.dcm"), file);
        Process process =
                new ProcessBuilder("dsrdump", "+Pu", path.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("dump").toFile())
                        .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(folder.resolve("dump"), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void finishesThePictureInHandWhenItStops() throws Exception {
        for (int i = 0; i < 12; i++) {
            orthanc.store(MadeDicom.colour(4, i, 1));
        }
        Deadline.await(() -> state().get("reported").asInt() > 0);
        server.server().close();
        int sent = orthanc.reports(4);
        server = server().start();
        await("watching", 12);

        assertThat(orthanc.reports(4)).isEqualTo(12);
        assertThat(audited()).as("predictions, of which %d before the stop", sent).isEqualTo(12);
    }
}
