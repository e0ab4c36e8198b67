package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.medzoo.serving.audit.AuditKey;
import dev.medzoo.serving.watch.AccessLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Who a patient is, which a DICOM file says, whole or damaged, stays out of all that a server tells
 * anybody.
 */
@Tag("slow")
class PatientDataTest {
    private static final int WAYS = 4;
    private static final String PATH = "/predictions/" + SKIN;
    private static final String INFER = "/v2/models/" + SKIN + "/infer";
    private static final String RELATED =
            "multipart/related; type=\"application/dicom\"; boundary=frontier";
    private static final Logger ALL = (Logger) LoggerFactory.getLogger("dev.medzoo");
    private static final Logger ACCESS = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);

    /**
     * Four letters each of what a reader that lost its way could take for the tag of an element.
     */
    private static final List<String> AS_TAGS =
            DrawnDicom.TEXTS.stream()
                    .flatMap(
                            text ->
                                    IntStream.rangeClosed(0, text.length() - 4)
                                            .mapToObj(from -> tag(text, from)))
                    .distinct()
                    .toList();

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> answers = new ArrayList<>();
    private final Path folder;
    private @Nullable Level before;
    private RunningServer server = RunningServer.with("load_models=NONE");

    PatientDataTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void start() throws Exception {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        before = ALL.getLevel();
        ALL.setLevel(Level.DEBUG);
        ALL.addAppender(log);
        if (!ACCESS.isAdditive()) {
            ACCESS.addAppender(log);
        }
        AuditKey.create(folder.resolve("key"));
        server =
                RunningServer.withOne(
                                SKIN,
                                "audit_file=" + folder.resolve("audit.log"),
                                "audit_key_file=" + folder.resolve("key"))
                        .start();
    }

    @AfterEach
    void stop() {
        server.server().close();
        ALL.detachAppender(log);
        ACCESS.detachAppender(log);
        ALL.setLevel(before);
    }

    @Test
    void neverLeavesTheFile() throws Exception {
        List<byte[]> files = new ArrayList<>();
        files.add(DrawnDicom.of(2).bytes());
        files.add(DrawnDicom.of(1).burnedIn().bytes());
        Misplaced.all().forEach(files::add);
        cut().forEach(files::add);
        lying().forEach(files::add);
        for (int way = 0; way < WAYS; way++) {
            answers.add(told(send(files.get(0), way)));
        }
        for (int i = 1; i < files.size(); i++) {
            answers.add(told(send(files.get(i), i % WAYS)));
        }
        for (byte[] file : files) {
            answers.add(told(server.post(PATH, file, "Accept", "application/dicom")));
        }
        answers.add(told(server.post("/explanations/" + SKIN, files.get(0))));
        // A report alone says whose it is, and only in its body.
        Answer report =
                server.post(
                        PATH, DrawnDicom.of(1).identified().bytes(), "Accept", "application/dicom");
        assertThat(report.body()).contains(DrawnDicom.NAME);
        answers.add(report.status() + " " + report.headers().map());

        assertThat(answers).hasSizeGreaterThan(60);
        assertThat(answers).anyMatch(each -> each.startsWith("200 "));
        assertThat(answers).anyMatch(each -> each.startsWith("400 "));
        assertThat(answers).anyMatch(each -> each.startsWith("406 "));
        String audit = Files.readString(folder.resolve("audit.log"));
        assertThat(audit.lines().filter(line -> line.contains("\"request\"")).count())
                .isEqualTo(answers.size());
        assertSilent(audit);
        assertSilent(server.get("/metrics").body());
        answers.forEach(PatientDataTest::assertSilent);
        Deadline.await(() -> accesses() >= answers.size());
        log.list.forEach(each -> assertSilent(said(each)));
    }

    private long accesses() {
        return log.list.stream()
                .filter(each -> each.getLoggerName().equals(AccessLog.LOGGER))
                .count();
    }

    private static String said(ILoggingEvent event) {
        String stack =
                event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage() + event.getMDCPropertyMap() + stack;
    }

    private static void assertSilent(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        List<String> found =
                Stream.concat(DrawnDicom.SECRETS.stream(), AS_TAGS.stream())
                        .filter(small::contains)
                        .toList();
        assertThat(found).as(text).isEmpty();
    }

    private static String tag(String text, int from) {
        return "(%02x%02x,%02x%02x)"
                .formatted(
                        (int) text.charAt(from + 1),
                        (int) text.charAt(from),
                        (int) text.charAt(from + 3),
                        (int) text.charAt(from + 2));
    }

    private Answer send(byte[] file, int way) {
        return switch (way) {
            case 0 -> server.post(PATH, file);
            case 1 ->
                    server.post(
                            PATH,
                            new Multipart().file("data", file).bytes(),
                            "Content-Type",
                            Multipart.TYPE);
            case 2 ->
                    server.post(
                            "/invocations",
                            DicomRequestTest.related(RELATED, file),
                            "Content-Type",
                            RELATED);
            default -> infer(file);
        };
    }

    private Answer infer(byte[] file) {
        String json =
                """
                {"inputs": [{"name": "image", "datatype": "BYTES", "shape": [1], "data": ["%s"]}]}
                """
                        .formatted(Base64.getEncoder().encodeToString(file));
        return server.post(INFER, json.getBytes(UTF_8), "Content-Type", "application/json");
    }

    private static String told(Answer answer) {
        return answer.status() + " " + answer.headers().map() + " " + answer.body();
    }

    /** What says who it is, where something technical should stand. */
    private static final class Misplaced {
        private static final List<Integer> TAGS =
                List.of(
                        0x00020010,
                        0x00280004,
                        0x00280008,
                        0x00280301,
                        0x00281050,
                        0x00281051,
                        0x00281052,
                        0x00281053,
                        0x00281056);

        static Stream<byte[]> all() {
            return Stream.of(DrawnDicom.NAME, "7788990011ABC", DrawnDicom.UID)
                    .flatMap(
                            secret ->
                                    TAGS.stream()
                                            .map(tag -> DrawnDicom.of(1).text(tag, "LO", secret)))
                    .map(DrawnDicom::bytes);
        }
    }

    private static Stream<byte[]> cut() {
        byte[] whole = DrawnDicom.of(1).bytes();
        return Stream.iterate(133, at -> at + 40).limit(14).map(at -> Arrays.copyOf(whole, at));
    }

    /** Each element of the patient's is longer or shorter than it says. */
    private static Stream<byte[]> lying() {
        byte[] whole = DrawnDicom.of(1).bytes();
        String text = new String(whole, ISO_8859_1);
        return Stream.of("PN", "LO", "DA", "UI", "SH")
                .flatMap(
                        representation ->
                                Stream.iterate(
                                                text.indexOf(representation, 132),
                                                at -> at > 0 && at < 1000,
                                                at -> text.indexOf(representation, at + 1))
                                        .flatMap(at -> lies(whole, at + 2)));
    }

    private static Stream<byte[]> lies(byte[] whole, int at) {
        return Stream.of(2, whole[at] + 4, 0xffff)
                .map(
                        length -> {
                            byte[] lie = whole.clone();
                            lie[at] = (byte) (int) length;
                            lie[at + 1] = (byte) (length >> 8);
                            return lie;
                        });
    }
}
