package dev.medzoo.serving.dicomweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.medzoo.serving.api.MultipartReader;
import dev.medzoo.serving.dicomweb.NodeException.Remedy;
import dev.medzoo.serving.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A DICOMweb client. It builds URLs from UIDs only and never follows URLs in responses. */
final class DicomWebClient implements Archive {
    private static final String QIDO = "QIDO-RS";
    private static final String WADO = "WADO-RS";
    private static final String STOW = "STOW-RS";
    private static final String JSON = "application/dicom+json";
    private static final String DICOM = "application/dicom";
    private static final String RELATED = "multipart/related; type=\"application/dicom\"";

    private static final String MANUFACTURER = "00080070";

    /** Maximum size of one match, and of a short response. */
    private static final int MOST_BYTES_OF_MATCH = 32 << 10;

    private static final int MOST_BYTES_OF_ANSWER = 1 << 20;

    /** Headers and boundaries around an instance. */
    private static final int AROUND = 64 << 10;

    private static final Set<Integer> UNKNOWN = Set.of(401, 407);

    /** Statuses for a listed instance that was deleted meanwhile. */
    private static final Set<Integer> GONE = Set.of(404, 410);

    /** Statuses for a report where a retry is useless. */
    private static final Set<Integer> REFUSED = Set.of(400, 413, 422);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DicomWebSettings settings;
    private final Connection connection;

    DicomWebClient(DicomWebSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    @Override
    public Page find(int offset) throws NodeException {
        String query = settings.query().isEmpty() ? "" : settings.query() + "&";
        JsonNode matches =
                matches(
                        "instances?%sincludefield=%s&limit=%d&offset=%d"
                                .formatted(query, MANUFACTURER, settings.pageSize(), offset),
                        settings.pageSize());
        List<Instance> instances = new ArrayList<>();
        for (JsonNode each : matches) {
            Instance.of(each).ifPresent(instances::add);
        }
        return new Page(instances, matches.size());
    }

    @Override
    public boolean has(String study, String uid) throws NodeException {
        JsonNode matches =
                matches("studies/%s/instances?SOPInstanceUID=%s&limit=1".formatted(study, uid), 1);
        return !matches.isEmpty();
    }

    private JsonNode matches(String path, int most) throws NodeException {
        int bytes = MOST_BYTES_OF_ANSWER + most * MOST_BYTES_OF_MATCH;
        HttpResponse<byte[]> answer;
        try {
            answer = connection.get(QIDO, address(path), JSON, bytes);
        } catch (NodeException e) {
            throw ofAll(e);
        }
        if (answer.statusCode() == 204) {
            return MAPPER.createArrayNode();
        }
        if (answer.statusCode() != 200) {
            throw ofAll(status(QIDO, answer, Set.of()));
        }
        JsonNode matches = json(QIDO, answer.body());
        if (!matches.isArray()) {
            throw new NodeException(Remedy.WAIT, QIDO + ": no array of matches (expected: one)");
        }
        return matches;
    }

    /** Failures of a query are no instance's fault. */
    private static NodeException ofAll(NodeException failure) {
        return new NodeException(
                Remedy.WAIT, String.valueOf(failure.getMessage()), failure.retryAfter(), failure);
    }

    @Override
    public byte[] fetch(Instance instance) throws NodeException {
        String path =
                "studies/%s/series/%s/instances/%s"
                        .formatted(instance.study(), instance.series(), instance.uid());
        HttpResponse<byte[]> answer =
                connection.get(
                        WADO,
                        address(path),
                        RELATED + "; transfer-syntax=*",
                        settings.maxBytes() + AROUND);
        if (answer.statusCode() != 200) {
            throw status(WADO, answer, GONE);
        }
        String type = answer.headers().firstValue("content-type").orElse("");
        try {
            List<byte[]> parts = MultipartReader.contents(type, answer.body(), DICOM, 2);
            if (parts.size() == 1) {
                return parts.get(0);
            }
            throw new NodeException(
                    Remedy.FEW_TRIES, "%s: %d parts (expected: 1)".formatted(WADO, parts.size()));
        } catch (RefusedException e) {
            throw new NodeException(
                    Remedy.FEW_TRIES, WADO + ": " + e.getMessage(), Duration.ZERO, e);
        }
    }

    @Override
    public void store(String study, Report report) throws NodeException {
        String boundary = UUID.randomUUID().toString();
        HttpResponse<byte[]> answer =
                connection.post(
                        STOW,
                        address("studies/" + study),
                        RELATED + "; boundary=" + boundary,
                        related(report.file(), boundary),
                        JSON,
                        MOST_BYTES_OF_ANSWER);
        int status = answer.statusCode();
        if (status != 200 && status != 202 && status != 409) {
            throw status(STOW, answer, REFUSED);
        }
        StoreResponse.of(json(STOW, answer.body()), report.uid()).check();
    }

    private static byte[] related(byte[] file, String boundary) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + 256);
        body.writeBytes(ascii("--%s\r\nContent-Type: %s\r\n\r\n".formatted(boundary, DICOM)));
        body.writeBytes(file);
        body.writeBytes(ascii("\r\n--%s--\r\n".formatted(boundary)));
        return body.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private URI address(String path) {
        return settings.root().resolve(path);
    }

    private static JsonNode json(String service, byte[] body) throws NodeException {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            // What the parser says repeats what it read.
            throw new NodeException(Remedy.LATER, service + ": no JSON (expected: " + JSON + ")");
        }
    }

    /**
     * Maps a status other than 200.
     *
     * @param lasting statuses that mean a permanent failure of the instance
     */
    private static NodeException status(
            String service, HttpResponse<byte[]> answer, Set<Integer> lasting) {
        int status = answer.statusCode();
        String message = "%s: status %d (expected: 200)".formatted(service, status);
        if (lasting.contains(status)) {
            return new NodeException(Remedy.NONE, message);
        }
        if (UNKNOWN.contains(status)) {
            return new NodeException(Remedy.WAIT, message);
        }
        String seconds = answer.headers().firstValue("retry-after").orElse("");
        Duration wait =
                seconds.matches("\\d{1,5}")
                        ? Duration.ofSeconds(Long.parseLong(seconds))
                        : Duration.ZERO;
        return new NodeException(Remedy.LATER, message, wait, null);
    }
}
