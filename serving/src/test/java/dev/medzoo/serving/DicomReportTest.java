package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static dev.medzoo.serving.RunningServer.VERSION;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.medzoo.translate.decode.PictureDecoder;
import dev.medzoo.translate.decode.RgbPicture;
import dev.medzoo.translate.decode.dicom.SourceElement;
import dev.medzoo.translate.decode.dicom.SourceInstance;
import dev.medzoo.translate.report.SecondaryCaptures;
import dev.medzoo.translate.report.StructuredReports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A DICOM file in, a DICOM report out. */
@Tag("slow")
class DicomReportTest {
    @RegisterExtension static final RunningServer server = RunningServer.withOne(SKIN);

    private static final String PATH = "/predictions/" + SKIN;
    private static final String DICOM = "application/dicom";
    private static final String LIST = "application/json";
    private static final String FINDING = "application/vnd.medzoo.finding+json";
    private static final byte[] FRAMES = DrawnDicom.of(3).identified().bytes();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void standsInTheStudyOfItsPictureAndNamesIt(@TempDir Path folder) throws Exception {
        HttpResponse<byte[]> answer = post(PATH + "?frame=2", FRAMES, "Accept", DICOM);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(DICOM);
        assertThat(answer.headers().firstValue("x-medzoo-model")).hasValue(SKIN + "/" + VERSION);

        SourceInstance report = new PictureDecoder().source(answer.body());
        SourceInstance source = new PictureDecoder().source(FRAMES);
        assertThat(report.sopClass()).isEqualTo(StructuredReports.SOP_CLASS);
        assertThat(report.study()).isEqualTo(source.study());
        assertThat(report.series()).startsWith("2.25.");
        assertThat(report.sopInstance()).startsWith("2.25.").isNotEqualTo(report.series());
        for (SourceElement each : SourceElement.values()) {
            if (each != SourceElement.SPECIFIC_CHARACTER_SET) {
                assertThat(report.value(each)).as("%s", each).isEqualTo(source.value(each));
            }
        }

        String tree = dsrdump(answer.body(), folder);
        Answer finding = server.post(PATH + "?frame=2", FRAMES, "Accept", FINDING);
        double probability = finding.json("/probability").asDouble();
        assertThat(tree)
                .contains("Imaging Measurement Report", finding.json("/digest").asText())
                .contains("=(SC image,\"" + DrawnDicom.UID + "\",2)>")
                .contains("Research use only. Not a diagnosis.")
                .contains(String.format(Locale.ROOT, "\"%.6f\"", 100 * probability));
        boolean isUsable =
                !finding.json("/abstained").asBoolean()
                        && !finding.json("/outOfDistribution/beyond").asBoolean();
        String label = isUsable ? finding.json("/label").asText() : "Undetermined";
        assertThat(tree).containsPattern("Finding\"\\)=\\([^()]*,\"" + label + "\"\\)");
    }

    @Test
    void comesWhicheverWayThePictureDoes() throws Exception {
        String related = "multipart/related; type=\"application/dicom\"; boundary=frontier";
        byte[] json =
                ("{\"data\": \"" + Base64.getEncoder().encodeToString(FRAMES) + "\"}")
                        .getBytes(UTF_8);
        byte[] form = new Multipart().file("data", FRAMES).bytes();
        byte[] parts = DicomRequestTest.related(related, FRAMES);
        for (HttpResponse<byte[]> answer :
                List.of(
                        post(PATH + "/" + VERSION, FRAMES, "Accept", DICOM),
                        post("/invocations", FRAMES, "Accept", DICOM),
                        post("/models/" + SKIN + "/invoke", FRAMES, "Accept", DICOM),
                        post(PATH, json, "Accept", DICOM, "Content-Type", LIST),
                        post(PATH, form, "Accept", DICOM, "Content-Type", Multipart.TYPE),
                        post(PATH, parts, "Accept", DICOM, "Content-Type", related))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(new PictureDecoder().source(answer.body()).study())
                    .isEqualTo(DrawnDicom.UID + ".2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/dicom | application/dicom",
                "Application/DICOM; type=sr | application/dicom",
                "application/dicom; transfer-syntax=* | application/dicom",
                "application/dicom; transfer-syntax=1.2.840.10008.1.2.1 | application/dicom",
                "*/*, application/dicom | application/dicom",
                "application/dicom;q=0.5, application/json | application/json",
                "application/dicom;q=0, application/json | application/json",
                "application/json;q=0.1, application/vnd.medzoo.finding+json;q=0.2,"
                        + " application/dicom;q=0.3 | application/dicom",
                "application/vnd.medzoo.finding+json, application/dicom;q=0.9"
                        + " | application/vnd.medzoo.finding+json",
                "application/json, application/vnd.medzoo.finding+json"
                        + " | application/vnd.medzoo.finding+json",
                "application/dicom; type=sc, application/json | application/json",
                "text/html | application/json",
                "text/html, application/dicom;q=0.5 | application/dicom",
                "image/png, application/vnd.medzoo.finding+json;q=0.9"
                        + " | application/vnd.medzoo.finding+json",
                "application/dicom;q=much | application/dicom",
                "'' | application/json"
            })
    void isChosenAsTheClientWeighsIt(String accept, String type) throws Exception {
        HttpResponse<byte[]> answer = post(PATH, FRAMES, "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(type);
    }

    @Test
    void isNotMadeOfAPictureThatIsNoDicomFile() {
        byte[] png = DrawnDicom.picture(1);
        Answer refused = server.post(PATH, png, "Accept", DICOM);
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.json("/type").asText()).isEqualTo("NotAcceptableException");
        assertThat(refused.json("/message").asText())
                .isEqualTo(
                        "accept: application/dicom of a picture that is no DICOM file (expected:"
                                + " application/vnd.medzoo.finding+json or application/json; or"
                                + " application/dicom for a DICOM file that says which instance it"
                                + " is)");
        Answer list = server.post(PATH, png, "Accept", DICOM + ", " + LIST);
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.header("content-type")).isEqualTo(LIST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/dicom; type=sc",
                "application/dicom; type=pdf",
                "application/dicom; transfer-syntax=1.2.840.10008.1.2.4.50"
            })
    void isOfOneKindAndOneTransferSyntax(String accept) {
        Answer refused = server.post(PATH, FRAMES, "Accept", accept);
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.json("/message").asText())
                .startsWith("accept: application/dicom of another kind (expected: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00080016 | '' | DICOM without SOP class UID (0008,0016)",
                "00080018 | '' | DICOM without SOP instance UID (0008,0018)",
                "0020000d | '' | DICOM without study instance UID (0020,000d)",
                "0020000e | QUIXOTE | DICOM with a broken series instance UID (0020,000e)"
            })
    void needsAPictureToReferTo(String tag, String value, String message) {
        byte[] file =
                DrawnDicom.of(1)
                        .identified()
                        .text(Integer.parseUnsignedInt(tag, 16), "UI", value)
                        .bytes();
        Answer refused = server.post(PATH, file, "Accept", DICOM);
        assertThat(refused.status()).isEqualTo(406);
        assertThat(refused.json("/message").asText())
                .startsWith("accept: application/dicom of a picture: " + message);
        assertThat(refused.body()).doesNotContain("QUIXOTE");
        assertThat(server.post(PATH, file, "Accept", DICOM + ", */*").status()).isEqualTo(200);
    }

    @Test
    void doesNotExcuseABrokenFile() {
        byte[] cut = Arrays.copyOf(FRAMES, FRAMES.length - 100);
        Answer refused = server.post(PATH, cut, "Accept", DICOM);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json("/type").asText()).isEqualTo("TranslateException");
    }

    @Test
    void isACaptureOfTheHeatMapWhereThatIsAskedFor() throws Exception {
        String path = "/explanations/" + SKIN + "?frame=2";
        byte[] png = post(path, FRAMES, "Accept", "image/png").body();
        RgbPicture expected = new PictureDecoder().decode(png);
        for (String accept : List.of(DICOM, DICOM + "; type=sc", DICOM + ", image/png;q=0.5")) {
            HttpResponse<byte[]> answer = post(path, FRAMES, "Accept", accept);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue(DICOM);
            SourceInstance capture = new PictureDecoder().source(answer.body());
            assertThat(capture.sopClass()).isEqualTo(SecondaryCaptures.SOP_CLASS);
            assertThat(capture.study()).isEqualTo(DrawnDicom.UID + ".2");
            RgbPicture shown = new PictureDecoder().decode(answer.body());
            assertThat(shown.width()).isEqualTo(expected.width());
            assertThat(shown.rgb()).isEqualTo(expected.rgb());
        }
        Answer refused = server.post(path, FRAMES, "Accept", DICOM + "; type=sr");
        assertThat(refused.status()).isEqualTo(406);
        byte[] photograph = DrawnDicom.picture(1);
        String map = "/explanations/" + SKIN;
        assertThat(server.post(map, photograph, "Accept", DICOM).status()).isEqualTo(406);
        assertThat(
                        server.post(map, photograph, "Accept", DICOM + ", " + LIST)
                                .header("content-type"))
                .isEqualTo(LIST);
        assertThat(post(map, photograph, "Accept", DICOM + ", image/png").headers())
                .satisfies(
                        headers ->
                                assertThat(headers.firstValue("content-type"))
                                        .hasValue("image/png"));
    }

    @Test
    void canBeAskedForLater() throws Exception {
        Answer asked = server.post(PATH, FRAMES, "Accept", DICOM, "x-synchronous", "false");
        String token = asked.header("x-next-token");
        HttpResponse<byte[]> answer = post(PATH, new byte[0], "x-starting-token", token);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (answer.statusCode() == 202 && System.nanoTime() < end) {
            answer = post(PATH, new byte[0], "x-starting-token", token);
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(DICOM);
    }

    private static HttpResponse<byte[]> post(String path, byte[] body, String... headers)
            throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofMinutes(2))
                        .POST(BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** The tree as dcmtk prints it. */
    private static String dsrdump(byte[] report, Path folder) throws Exception {
        Path file = Files.write(folder.resolve("report.dcm"), report);
        Path said = folder.resolve("said.txt");
        Process process;
        try {
            process =
                    new ProcessBuilder("dsrdump", "+Pl", "+Pc", "+Pu", file.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
        } catch (IOException e) {
            throw new AssertionError("dsrdump: none (expected: apt-get install dcmtk)", e);
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said, ISO_8859_1);
    }
}
