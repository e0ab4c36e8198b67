package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.transform.InputSize;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An inference request over REST, validated against its model.
 *
 * @param id that comes back in the answer
 * @param pictures at least one
 * @param outputs in the order wanted; all when empty
 * @param binary the outputs that are wanted in the binary form
 */
record RestRequest(
        @Nullable String id,
        List<Picture> pictures,
        List<ModelOutput> outputs,
        Set<ModelOutput> binary) {

    RestRequest {
        pictures = List.copyOf(pictures);
        outputs = List.copyOf(outputs);
        binary = Set.copyOf(binary);
    }

    /**
     * Reads a body.
     *
     * @param jsonLength value of {@link OipRest#JSON_LENGTH}: how many bytes of the body are JSON;
     *     null for all of them
     * @param size of the network's input
     * @param maxPictures in one request
     */
    static RestRequest read(
            byte[] body, @Nullable String jsonLength, InputSize size, int maxPictures)
            throws RefusedException {
        int length = jsonLength == null ? body.length : length(jsonLength, body.length);
        long maxNumbers = (long) maxPictures * TensorInput.numbersEach(size);
        JsonRequest json = JsonRequestParser.parse(body, length, maxNumbers, maxPictures);
        JsonRequest.Input input = json.input();
        PictureInput expected =
                PictureInput.of(
                        input.name(),
                        input.datatype(),
                        input.shape(),
                        input.parameters(),
                        size,
                        maxPictures);
        input.parameters().check("content_type", "base64");
        ByteBuffer rest = ByteBuffer.wrap(body, length, body.length - length);
        List<Picture> pictures = pictures(input, expected, rest);
        return new RestRequest(json.id(), pictures, outputs(json), binary(json));
    }

    private static int length(String text, int bodyLength) throws RefusedException {
        try {
            int length = Integer.parseUnsignedInt(text);
            if (length >= 0 && length <= bodyLength) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw Refusals.because(
                "%s: %s (expected: at most the %d bytes of the body)"
                        .formatted(OipRest.JSON_LENGTH, text, bodyLength));
    }

    private static List<Picture> pictures(
            JsonRequest.Input input, PictureInput expected, ByteBuffer rest)
            throws RefusedException {
        Long size = input.parameters().count("binary_data_size");
        if ((size == null ? 0 : size) != rest.remaining()) {
            throw Refusals.because(
                    "binary_data_size: %s (expected: the %d bytes after the JSON)"
                            .formatted(size == null ? "none" : size, rest.remaining()));
        }
        JsonData data = input.data();
        if ((size == null) == (data == null)) {
            throw Refusals.because(
                    "inputs[0]: %s (expected: either data or binary_data_size)"
                            .formatted(size == null ? "neither" : "both"));
        }
        return data == null ? expected.raw(rest) : data.of(expected, input.shape());
    }

    private static List<ModelOutput> outputs(JsonRequest json) throws RefusedException {
        List<String> titles = json.outputs().stream().map(JsonRequest.Output::name).toList();
        return ModelOutput.named(titles);
    }

    private static Set<ModelOutput> binary(JsonRequest json) throws RefusedException {
        boolean usually = Boolean.TRUE.equals(json.parameters().flag("binary_data_output"));
        Set<ModelOutput> binary =
                usually && json.outputs().isEmpty()
                        ? EnumSet.allOf(ModelOutput.class)
                        : EnumSet.noneOf(ModelOutput.class);
        for (JsonRequest.Output output : json.outputs()) {
            Boolean wanted = output.parameters().flag("binary_data");
            if (wanted == null ? usually : wanted) {
                binary.add(ModelOutput.named(output.name()));
            }
        }
        return binary;
    }
}
