package dev.medzoo.serving;

import static dev.medzoo.serving.RunningServer.SKIN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client says which frame it means, and what it sends DICOM in. */
class DicomRequestTest {
    @RegisterExtension static final RunningServer server = RunningServer.withOne(SKIN);

    private static final String PATH = "/predictions/" + SKIN;
    private static final String INFER = "/v2/models/" + SKIN + "/infer";
    private static final String RELATED =
            "multipart/related; type=\"application/dicom\"; boundary=frontier";
    private static final byte[] FRAMES = DrawnDicom.of(3).bytes();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void findsInAFrameWhatItFindsInAPictureOfItsPixels(int frame) {
        String expected = server.post(PATH, DrawnDicom.picture(frame)).body();
        String number = String.valueOf(frame);
        byte[] form =
                new Multipart().file("data", FRAMES).field("frame", number.getBytes(UTF_8)).bytes();
        String query = PATH + "?frame=" + frame;
        byte[] json = ("{\"data\": \"" + base64(FRAMES) + "\"}").getBytes(UTF_8);
        String attributes = "x-amzn-sagemaker-custom-attributes";
        for (Answer answer :
                List.of(
                        server.post(query, FRAMES),
                        server.post("/invocations?frame=" + frame, FRAMES),
                        server.post("/models/" + SKIN + "/invoke?frame=" + frame, FRAMES),
                        server.post(PATH, FRAMES, "frame", number),
                        server.post(PATH, FRAMES, attributes, "frame=" + frame),
                        server.post(PATH, form, "Content-Type", Multipart.TYPE),
                        server.post(query, json, "Content-Type", "application/json"),
                        server.post(query, related(RELATED, FRAMES), "Content-Type", RELATED))) {
            assertThat(answer.body()).isEqualTo(expected);
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void readsTheFirstFrameUnlessAsked() {
        String first = server.post(PATH, DrawnDicom.picture(1)).body();
        assertThat(server.post(PATH, FRAMES).body()).isEqualTo(first);
        assertThat(server.post(PATH, DrawnDicom.picture(2)).body()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frame=0 | frame: 0 (expected: a whole number from 1)",
                "frame=-1 | frame: -1 (expected: a whole number from 1)",
                "frame=last | frame: last (expected: a whole number from 1)",
                "frame=99999999999 | frame: 99999999999 (expected: a whole number from 1)",
                "burned_in=yes | burned_in: yes (expected: true or false)"
            })
    void refusesWhatIsNoFrame(String query, String message) {
        for (byte[] body : List.of(FRAMES, DrawnDicom.picture(1))) {
            Answer answer = server.post(PATH + "?" + query, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json("/message").asText()).isEqualTo(message);
        }
    }

    @Test
    void refusesAFrameThatThePictureHasNot() {
        assertUnreadable(
                server.post(PATH + "?frame=4", FRAMES), "picture: DICOM frame: 4 (expected: 1..3)");
        assertUnreadable(
                server.post(PATH + "?frame=1", DrawnDicom.picture(1)),
                "picture: PNG frame: 1 (expected: none, as frames can be selected in DICOM only)");
    }

    @Test
    void readsBurnedInAnnotationWhereItIsAllowed() {
        byte[] burned = DrawnDicom.of(1).burnedIn().bytes();
        String refusal =
                "picture: DICOM with burned-in annotation (expected: none, unless allowed)";
        assertUnreadable(server.post(PATH, burned), refusal);
        assertUnreadable(server.post(PATH + "?burned_in=false", burned), refusal);
        assertThat(server.post(PATH + "?burned_in=true", burned).body())
                .isEqualTo(server.post(PATH, DrawnDicom.picture(1)).body());
    }

    @Test
    void asksOpenInferenceForAFrameOfEachPicture() {
        Answer second = infer("\"frame\": 2", FRAMES, FRAMES);
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        Answer expected = infer("\"unknown\": 2", DrawnDicom.picture(2), DrawnDicom.picture(2));
        assertThat(second.json("/outputs/0/data")).isEqualTo(expected.json("/outputs/0/data"));

        byte[] burned = DrawnDicom.of(1).burnedIn().bytes();
        assertThat(infer("\"burned_in\": true", burned).status()).isEqualTo(200);
        assertThat(infer("\"burned_in\": false", burned).json("/error").asText())
                .contains("DICOM with burned-in annotation");
        assertThat(infer("\"frame\": 4", FRAMES).json("/error").asText())
                .isEqualTo("picture: DICOM frame: 4 (expected: 1..3)");
        assertThat(infer("\"frame\": 0", FRAMES).json("/error").asText())
                .isEqualTo("frame: 0 (expected: a whole number from 1)");
        assertThat(infer("\"frame\": \"2\"", FRAMES).json("/error").asText())
                .isEqualTo("frame: 2 (expected: a whole number)");
    }

    @Test
    void takesOnePictureAsDicomwebStoresIt() {
        String expected = server.post(PATH, DrawnDicom.picture(1)).body();
        String invoke = "/invocations?model_name=" + SKIN;
        for (String type : List.of(RELATED, RELATED.replace("\"", ""), RELATED + "; start=a")) {
            for (String path : List.of(PATH, invoke)) {
                Answer answer = server.post(path, related(type, FRAMES), "Content-Type", type);
                assertThat(answer.body()).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesOtherThingsThanOneDicomFileInRelatedParts() {
        assertRefused(
                RELATED.replace("application/dicom", "application/dicom+json"),
                "multipart/related: type application/dicom+json (expected: application/dicom)",
                FRAMES);
        assertRefused(
                "multipart/related; boundary=frontier",
                "multipart/related: type none (expected: application/dicom)",
                FRAMES);
        assertRefused(
                RELATED,
                "multipart/related: 2 parts, where a request has one picture (expected: 1;"
                        + " several go to /v2)",
                FRAMES,
                FRAMES);
        assertRefused(
                RELATED,
                "multipart/related: 0 parts, where a request has one picture (expected: 1;"
                        + " several go to /v2)");
        assertRefused(
                RELATED.replace("; boundary=frontier", ""),
                "multipart: no boundary of 1 to 70 characters in its type (expected: complete,"
                        + " with one part named data or a single part)",
                FRAMES);
        String png =
                new String(related(RELATED, FRAMES), ISO_8859_1)
                        .replace("Content-Type: application/dicom", "Content-Type: image/png");
        Answer answer = server.post(PATH, png.getBytes(ISO_8859_1), "Content-Type", RELATED);
        assertThat(answer.json("/message").asText())
                .startsWith("multipart: part 1 has content-type image/png, not application/dicom");
    }

    private static void assertRefused(String type, String message, byte[]... parts) {
        Answer answer = server.post(PATH, related(type, parts), "Content-Type", type);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/message").asText()).isEqualTo(message);
    }

    private static void assertUnreadable(Answer answer, String detail) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json("/type").asText()).isEqualTo("TranslateException");
        assertThat(answer.json("/detail").asText()).isEqualTo(detail);
    }

    private static Answer infer(String parameter, byte[]... pictures) {
        StringBuilder data = new StringBuilder();
        for (byte[] picture : pictures) {
            data.append(data.isEmpty() ? "" : ",").append('"').append(base64(picture)).append('"');
        }
        String json =
                """
                {"inputs": [{"name": "image", "datatype": "BYTES", "shape": [%d],
                             "parameters": {%s}, "data": [%s]}]}
                """
                        .formatted(pictures.length, parameter, data);
        return server.post(INFER, json.getBytes(UTF_8), "Content-Type", "application/json");
    }

    static byte[] related(String type, byte[]... parts) {
        String boundary = "--frontier";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            body.writeBytes(
                    (boundary + "\r\nContent-Type: application/dicom\r\n\r\n").getBytes(UTF_8));
            body.writeBytes(part);
            body.writeBytes("\r\n".getBytes(UTF_8));
        }
        body.writeBytes((boundary + "--\r\n").getBytes(UTF_8));
        assertThat(type).startsWith("multipart/related");
        return body.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
