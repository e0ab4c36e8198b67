package dev.medzoo.serving.oip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.medzoo.serving.refusal.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link JsonRequest}s. Fields and parameters that the protocol does not have are passed
 * over, whatever they hold, and an optional one that is null is as one that is not there.
 */
final class JsonRequestParser {
    /** Of axes or outputs. */
    private static final int MAX_ENTRIES = 64;

    /** In all objects together. */
    private static final int MAX_NAMES = 10_000;

    private static final int MAX_NAME_LENGTH = 1000;

    /** In all fields together that the protocol does not have. */
    private static final int MAX_UNKNOWN_VALUES = 1_000_000;

    /** The parameters that mean something here. */
    private static final Set<String> PARAMETERS =
            Set.of(
                    "content_type",
                    "binary_data_size",
                    "binary_data_output",
                    "binary_data",
                    ImageInput.FRAME,
                    ImageInput.BURNED_IN);

    // The body's own limit is the limit of a text in it. Names are not interned.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(MAX_NAME_LENGTH)
                                    .build())
                    .build();

    private final JsonParser json;
    private final long maxNumbers;
    private final int maxFiles;
    private int names;
    private int unknownValues;

    private JsonRequestParser(JsonParser json, long maxNumbers, int maxFiles) {
        this.json = json;
        this.maxNumbers = maxNumbers;
        this.maxFiles = maxFiles;
    }

    /**
     * Reads the first bytes of a body.
     *
     * @param length of the JSON in it
     * @param maxNumbers that its tensor may hold
     * @param maxFiles texts that its tensor may hold
     */
    static JsonRequest parse(byte[] body, int length, long maxNumbers, int maxFiles)
            throws RefusedException {
        try (JsonParser json = FACTORY.createParser(body, 0, length)) {
            JsonRequestParser parser = new JsonRequestParser(json, maxNumbers, maxFiles);
            json.nextToken();
            JsonRequest request = parser.request();
            parser.expect(json.nextToken() == null, "body", "nothing after the object");
            return request;
        } catch (JsonProcessingException e) {
            throw Refusals.because("body: no JSON (" + e.getOriginalMessage() + ")");
        } catch (IOException e) {
            throw Refusals.because("body: no JSON in UTF-8");
        }
    }

    private JsonRequest request() throws IOException, RefusedException {
        String id = null;
        RequestParameters parameters = RequestParameters.NONE;
        JsonRequest.Input input = null;
        List<JsonRequest.Output> outputs = List.of();
        expect(json.isExpectedStartObjectToken(), "body", "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (nextField()) {
                case "id" -> id = isNull() ? null : text("id");
                case "parameters" -> parameters = parameters("parameters");
                case "inputs" -> input = inputs();
                case "outputs" -> outputs = isNull() ? List.of() : outputs();
                default -> skip();
            }
        }
        return new JsonRequest(id, parameters, required(input, "inputs"), outputs);
    }

    private JsonRequest.Input inputs() throws IOException, RefusedException {
        expect(json.isExpectedStartArrayToken(), "inputs", "an array");
        json.nextToken();
        JsonRequest.Input input = input();
        expect(json.nextToken() == JsonToken.END_ARRAY, "inputs", "exactly one, image or tensor");
        return input;
    }

    private JsonRequest.Input input() throws IOException, RefusedException {
        String name = null;
        String datatype = null;
        List<Long> shape = null;
        RequestParameters parameters = RequestParameters.NONE;
        JsonData data = null;
        expect(json.isExpectedStartObjectToken(), "inputs[0]", "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (nextField()) {
                case "name" -> name = text("inputs[0].name");
                case "datatype" -> datatype = text("inputs[0].datatype");
                case "shape" -> shape = shape();
                case "parameters" -> parameters = parameters("inputs[0].parameters");
                case "data" -> data = isNull() ? null : JsonData.read(json, maxNumbers, maxFiles);
                default -> skip();
            }
        }
        return new JsonRequest.Input(
                required(name, "inputs[0].name"),
                required(datatype, "inputs[0].datatype"),
                required(shape, "inputs[0].shape"),
                parameters,
                data);
    }

    private List<Long> shape() throws IOException, RefusedException {
        String where = "inputs[0].shape";
        List<Long> shape = new ArrayList<>();
        expect(json.isExpectedStartArrayToken(), where, "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json.currentToken() == JsonToken.VALUE_NUMBER_INT, where, "whole numbers");
            shape.add(json.getLongValue());
            expect(shape.size() <= MAX_ENTRIES, where, "fewer");
        }
        return shape;
    }

    private List<JsonRequest.Output> outputs() throws IOException, RefusedException {
        List<JsonRequest.Output> outputs = new ArrayList<>();
        expect(json.isExpectedStartArrayToken(), "outputs", "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            outputs.add(output());
            expect(outputs.size() <= MAX_ENTRIES, "outputs", "fewer");
        }
        return outputs;
    }

    private JsonRequest.Output output() throws IOException, RefusedException {
        String name = null;
        RequestParameters parameters = RequestParameters.NONE;
        expect(json.isExpectedStartObjectToken(), "outputs", "objects");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (nextField()) {
                case "name" -> name = text("outputs.name");
                case "parameters" -> parameters = parameters("outputs.parameters");
                default -> skip();
            }
        }
        return new JsonRequest.Output(required(name, "outputs.name"), parameters);
    }

    private RequestParameters parameters(String where) throws IOException, RefusedException {
        Map<String, Object> values = new HashMap<>();
        if (isNull()) {
            return RequestParameters.NONE;
        }
        expect(json.isExpectedStartObjectToken(), where, "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = nextField();
            if (!PARAMETERS.contains(name)) {
                skip();
            } else if (!isNull()) {
                values.put(name, parameter(where + "." + name));
            }
        }
        return new RequestParameters(values);
    }

    private Object parameter(String where) throws IOException, RefusedException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default ->
                    throw Refusals.because(
                            where
                                    + ": a list or an object (expected: a text, a number, true or false)");
        };
    }

    private boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    /** The name of a field, whose value is then at hand. */
    private String nextField() throws IOException, RefusedException {
        countName();
        String name = json.currentName();
        json.nextToken();
        return name;
    }

    private void countName() throws RefusedException {
        names++;
        if (names > MAX_NAMES) {
            throw Refusals.because(
                    "body: too many names (expected: at most %d)".formatted(MAX_NAMES));
        }
    }

    private void countUnknownValue() throws RefusedException {
        unknownValues++;
        if (unknownValues > MAX_UNKNOWN_VALUES) {
            throw Refusals.because(
                    "body: too many values in unknown fields (expected: at most %d)"
                            .formatted(MAX_UNKNOWN_VALUES));
        }
    }

    /** Passes over the value at hand, whose names and values count too. */
    private void skip() throws IOException, RefusedException {
        JsonToken token = json.currentToken();
        int depth = 0;
        while (token != null) {
            if (token == JsonToken.FIELD_NAME) {
                countName();
            } else {
                countUnknownValue();
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return;
            }
            token = json.nextToken();
        }
    }

    private String text(String where) throws IOException, RefusedException {
        expect(json.currentToken() == JsonToken.VALUE_STRING, where, "a text");
        return json.getText();
    }

    private static <T> T required(@Nullable T value, String where) throws RefusedException {
        if (value == null) {
            throw Refusals.because(where + ": missing");
        }
        return value;
    }

    private void expect(boolean met, String where, String expected) throws RefusedException {
        if (!met) {
            JsonToken token = json.currentToken();
            String seen = token == null ? "the end" : token.name().toLowerCase(Locale.ROOT);
            throw Refusals.because("%s: %s (expected: %s)".formatted(where, seen, expected));
        }
    }
}
