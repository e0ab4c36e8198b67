package dev.medzoo.serving.oip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.medzoo.serving.http.Reply;
import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.finding.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the response to a {@link RestRequest}: JSON, followed by binary tensor data if requested.
 */
final class RestResponseWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final RestRequest request;
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    private RestResponseWriter(RestRequest request) {
        this.request = request;
    }

    /**
     * @param name under which the model was asked for
     * @throws RefusedException when an output was asked for that the model was published without
     */
    static Reply to(RestRequest request, String name, PredictionResponse answer)
            throws RefusedException {
        List<OutputTensor> tensors = ModelOutput.of(answer, request.outputs());
        return new RestResponseWriter(request).reply(name, answer, tensors);
    }

    private Reply reply(String name, PredictionResponse answer, List<OutputTensor> tensors) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(body)) {
            write(json, name, answer, tensors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> headers = new TreeMap<>(Finding.warnings(answer.findings()));
        if (binary.size() == 0) {
            return Reply.of(200, Reply.JSON, ByteBuffer.wrap(body.toByteArray()), headers);
        }
        headers.put(OipRest.JSON_LENGTH, String.valueOf(body.size()));
        body.writeBytes(binary.toByteArray());
        return Reply.of(
                200, "application/octet-stream", ByteBuffer.wrap(body.toByteArray()), headers);
    }

    private void write(
            JsonGenerator json, String name, PredictionResponse answer, List<OutputTensor> tensors)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("model_name", name);
        json.writeStringField("model_version", answer.model().version());
        if (request.id() != null) {
            json.writeStringField("id", request.id());
        }
        json.writeObjectFieldStart("parameters");
        json.writeStringField("digest", answer.model().identity().digest());
        json.writeStringField("runtime", answer.model().runtime());
        json.writeStringField("notice", Finding.NOTICE);
        for (Map.Entry<String, Boolean> each : Finding.doubts(answer.findings()).entrySet()) {
            json.writeBooleanField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("outputs");
        for (OutputTensor tensor : tensors) {
            write(json, tensor);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(JsonGenerator json, OutputTensor tensor) throws IOException {
        boolean isBinary = request.binary().contains(tensor.output());
        byte[] raw = isBinary ? tensor.values().raw() : new byte[0];
        json.writeStartObject();
        json.writeStringField("name", tensor.output().title());
        json.writeStringField("datatype", tensor.values().datatype());
        json.writeArrayFieldStart("shape");
        for (long size : tensor.shape()) {
            json.writeNumber(size);
        }
        json.writeEndArray();
        writeParameters(json, tensor, isBinary, raw.length);
        if (!isBinary) {
            json.writeArrayFieldStart("data");
            tensor.values().write(json);
            json.writeEndArray();
        }
        json.writeEndObject();
        binary.writeBytes(raw);
    }

    private static void writeParameters(
            JsonGenerator json, OutputTensor tensor, boolean isBinary, int size)
            throws IOException {
        if (!isBinary && tensor.parameters().isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("parameters");
        if (isBinary) {
            json.writeNumberField("binary_data_size", size);
        }
        for (Map.Entry<String, Double> each : tensor.parameters().entrySet()) {
            json.writeNumberField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }
}
