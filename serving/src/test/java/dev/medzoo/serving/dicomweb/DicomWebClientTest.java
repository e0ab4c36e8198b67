package dev.medzoo.serving.dicomweb;

import static dev.medzoo.serving.dicomweb.RoughArchive.body;
import static dev.medzoo.serving.dicomweb.RoughArchive.json;
import static dev.medzoo.serving.dicomweb.RoughArchive.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.medzoo.serving.dicomweb.Archive.Page;
import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of answers, good and bad. The UIDs are nobody's. */
@Tag("slow")
class DicomWebClientTest {
    private static final Instance INSTANCE =
            new Instance("1.2.77", "1.2.77.1", "1.2.77.1.1", "", "");
    private static final Report REPORT = new Report("2.25.5", "report".getBytes(US_ASCII));
    private static final String STORED =
            "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"2.25.5\"]}}]}}";
    private static final String MATCH =
            "{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"%s\"]},\"0020000E\":{\"vr\":\"UI\",\"Value\":[\"1.3\"]},\"00080018\":{\"vr\":\"UI\",\"Value\":[\"1.4\"]}}";

    private RoughArchive archive;
    private DicomWebClient client;

    @BeforeEach
    void start() throws Exception {
        archive = new RoughArchive();
        client = client(TestNode.PATIENT);
    }

    private DicomWebClient client(Duration timeout) {
        DicomWebSettings settings =
                new DicomWebSettings(
                        DicomWebSettings.parseRoot(archive.root()),
                        "Modality=XC",
                        "skin",
                        null,
                        Path.of("state"),
                        null,
                        null,
                        Duration.ofSeconds(1),
                        timeout,
                        10,
                        100,
                        1000);
        return new DicomWebClient(
                settings, new Connection(null, () -> Optional.of("Bearer secret"), timeout));
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    private static NodeException failure(ThrowingCallable asking) {
        NodeException failure = catchThrowableOfType(NodeException.class, asking);
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage())
                .doesNotContain("1.2.77")
                .doesNotContain("secret")
                .doesNotContain("Quixote");
        return failure;
    }

    @Test
    void asksForAPageOfWhatMatches() throws Exception {
        archive.next(
                json("[" + MATCH.formatted("1.2") + ",{},\n" + MATCH.formatted("Quixote") + "]"));
        Page page = client.find(20);
        assertThat(page.instances()).containsExactly(new Instance("1.2", "1.3", "1.4", "", ""));
        assertThat(page.size()).isEqualTo(3);
        assertThat(archive.asked)
                .containsExactly(
                        "GET /rs/instances?Modality=XC&includefield=00080070&limit=10&offset=20"
                                + " known");
    }

    @Test
    void takesNoContentForNoMatch() throws Exception {
        archive.next(status(204), json("[]"));
        assertThat(client.find(0).size()).isZero();
        assertThat(client.has("1.2", "1.3")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "7", "", "[{]", "<html>", "{\"a\":\"Quixote"})
    void waitsForAListThatIsOne(String answer) {
        archive.next(json(answer));
        assertThat(failure(() -> client.find(0)).remedy()).isNotEqualTo(Remedy.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 404, NONE",
        "GET, 410, NONE",
        "GET, 401, WAIT",
        "GET, 403, LATER",
        "GET, 406, LATER",
        "GET, 429, LATER",
        "GET, 500, LATER",
        "GET, 502, LATER",
        "GET, 503, LATER",
        "POST, 400, NONE",
        "POST, 413, NONE",
        "POST, 401, WAIT",
        "POST, 404, LATER",
        "POST, 405, LATER",
        "POST, 415, LATER",
        "POST, 500, LATER",
        "POST, 503, LATER"
    })
    void saysWhatMayHelpWhereAStatusIsAnother(String method, int status, Remedy remedy) {
        archive.next(status(status, "Retry-After", "7"));
        NodeException failure =
                failure(
                        () -> {
                            if (method.equals("GET")) {
                                client.fetch(INSTANCE);
                            } else {
                                client.store("1.2.77", REPORT);
                            }
                        });
        assertThat(failure.remedy()).isEqualTo(remedy);
        assertThat(failure).hasMessageContaining("-RS: status " + status);
        if (remedy == Remedy.LATER) {
            assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 500, 503})
    void waitsWhereNothingIsListed(int status) {
        archive.next(status(status));
        assertThat(failure(() -> client.find(0)).remedy()).isEqualTo(Remedy.WAIT);
    }

    @Test
    void takesAPartOutOfAnAnswerAsItIs() throws Exception {
        archive.next(related("a\r\n--bnot\0\u00ff"));
        assertThat(client.fetch(INSTANCE)).isEqualTo("a\r\n--bnot\0\u00ff".getBytes(ISO_8859_1));
        assertThat(archive.asked)
                .containsExactly(
                        "GET /rs/studies/1.2.77/series/1.2.77.1/instances/1.2.77.1.1 known");
    }

    private static RoughArchive.Turn related(String... parts) {
        StringBuilder text = new StringBuilder();
        for (String each : parts) {
            text.append("--bb\r\nContent-Type: application/dicom\r\n\r\n" + each + "\r\n");
        }
        return body(
                200,
                "multipart/related; type=\"application/dicom\"; boundary=bb",
                text + "--bb--\r\n");
    }

    @Test
    void triesBrokenPartsAFewTimes() {
        String type = "multipart/related; type=\"application/dicom\"; boundary=bb";
        archive.next(
                related(),
                related("a", "b"),
                related("a", "b", "c"),
                body(200, type, "--bb\r\n\r\nhalf"),
                body(200, type, "--bb\r\nContent-Type: text/html\r\n\r\n<html>\r\n--bb--\r\n"),
                body(200, "text/html", "<html>"));
        for (int i = 0; i < 6; i++) {
            assertThat(failure(() -> client.fetch(INSTANCE)).remedy()).isEqualTo(Remedy.FEW_TRIES);
        }
    }

    @Test
    void takesNoMoreThanItsBound() {
        archive.next(related("x".repeat(1000 + (64 << 10))));
        NodeException failure = failure(() -> client.fetch(INSTANCE));
        assertThat(failure)
                .hasMessage("WADO-RS: an answer over 66536 bytes (expected: at most that)");
        assertThat(failure.remedy()).isEqualTo(Remedy.NONE);
    }

    @Test
    void waitsNoLongerThanItsTimeForAWholeAnswer() {
        archive.next(archive.silence());
        DicomWebClient impatient = client(Duration.ofMillis(200));
        assertThat(failure(() -> impatient.find(0)))
                .hasMessage("QIDO-RS: no complete answer (expected: within 200 ms)");
    }

    @Test
    void saysNoAddressWhereNobodyAnswers() {
        archive.close();
        NodeException failure = failure(() -> client.fetch(INSTANCE));
        assertThat(failure.remedy()).isEqualTo(Remedy.WAIT);
        assertThat(failure).hasMessageMatching("WADO-RS: \\w+ \\(expected: an answer\\)");
    }

    @Test
    void isLedElsewhereOnItsOwnHostAlone() throws Exception {
        try (RoughArchive internal = new RoughArchive()) {
            String port = archive.root().replaceFirst(".*:(\\d+)/.*", "$1");
            for (String location :
                    new String[] {
                        internal.root() + "x",
                        "https://127.0.0.1:" + port + "/x",
                        "http://localhost:" + port + "/x",
                        "http://a@127.0.0.1:" + port + "/x",
                        "//127.0.0.2:" + port + "/x",
                        "file:///etc/passwd",
                        "http://[/",
                        ""
                    }) {
                archive.next(status(302, "Location", location));
                assertThat(failure(() -> client.find(0)))
                        .as(location)
                        .hasMessage(
                                "QIDO-RS: status 302 redirects elsewhere (expected: the same"
                                        + " scheme, host and port)");
            }
            assertThat(internal.asked).isEmpty();

            archive.asked.clear();
            archive.next(status(302, "Location", "/other?a=b"), json("[]"));
            assertThat(client.find(0).size()).isZero();
            assertThat(archive.asked.get(1)).isEqualTo("GET /other?a=b known");
        }
    }

    @Test
    void isNotLedInACircleNorFromAReportToSomethingElse() throws Exception {
        RoughArchive.Turn again = status(307, "Location", "again");
        archive.next(again, again, again, again, again, again);
        assertThat(failure(() -> client.find(0)))
                .hasMessage("QIDO-RS: too many redirects (expected: at most 5)");

        archive.next(status(303, "Location", "studies"));
        assertThat(failure(() -> client.store("1.2.77", REPORT))).hasMessageContaining("303");

        archive.asked.clear();
        archive.next(status(308, "Location", "/there"), json(STORED));
        client.store("1.2.77", REPORT);
        assertThat(archive.asked)
                .containsExactly("POST /rs/studies/1.2.77 known", "POST /there known");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"00081199\":{\"Value\":[{\"00081155\":{\"Value\":[\"2.25.6\"]}}]}} |"
                        + " FEW_TRIES",
                "200 | {} | FEW_TRIES",
                "202 | {\"00081198\":{\"Value\":[{\"00081197\":{\"Value\":[272]}}]}} | FEW_TRIES",
                "409 | {\"00081198\":{\"Value\":[{\"00081197\":{\"Value\":[42752]}}]}} | LATER",
                "409 | {\"00081198\":{\"Value\":[{\"00081197\":{\"Value\":[290]}}]}} | NONE",
                "409 | {\"00081198\":{\"Value\":[{\"00081197\":{\"Value\":[49152]}}]}} | NONE",
                "409 | no JSON | LATER"
            })
    void readsWhyAReportWasNotStored(int status, String answer, Remedy remedy) {
        archive.next(body(status, "application/dicom+json", answer));
        assertThat(failure(() -> client.store("1.2.77", REPORT)).remedy()).isEqualTo(remedy);
    }

    @Test
    void takesADuplicateForStored() throws Exception {
        archive.next(
                json(STORED),
                body(
                        409,
                        "application/dicom+json",
                        "{\"00081198\":{\"Value\":[{\"00081197\":{\"Value\":[273]}}]}}"));
        client.store("1.2.77", REPORT);
        client.store("1.2.77", REPORT);
    }
}
