package dev.medzoo.serving.oip;

import com.google.protobuf.ByteString;
import dev.medzoo.inference.InferParameter;
import dev.medzoo.inference.InferTensorContents;
import dev.medzoo.inference.ModelInferRequest;
import dev.medzoo.inference.ModelInferRequest.InferInputTensor;
import dev.medzoo.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.transform.InputSize;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An inference request over gRPC, validated against its model.
 *
 * @param pictures at least one
 * @param outputs in the order wanted; all when empty
 * @param raw whether it came in the binary form, and so wants its answer
 */
record GrpcRequest(List<Picture> pictures, List<ModelOutput> outputs, boolean raw) {
    GrpcRequest {
        pictures = List.copyOf(pictures);
        outputs = List.copyOf(outputs);
    }

    /**
     * Takes a message apart.
     *
     * @param size of the network's input
     * @param maxPictures in one request
     */
    static GrpcRequest read(ModelInferRequest message, InputSize size, int maxPictures)
            throws RefusedException {
        if (message.getInputsCount() != 1) {
            throw Refusals.because(
                    "inputs: %d (expected: exactly one, image or tensor)"
                            .formatted(message.getInputsCount()));
        }
        InferInputTensor input = message.getInputs(0);
        PictureInput expected =
                PictureInput.of(
                        input.getName(),
                        input.getDatatype(),
                        input.getShapeList(),
                        parameters(input.getParametersMap()),
                        size,
                        maxPictures);
        boolean raw = message.getRawInputContentsCount() > 0;
        List<Picture> pictures =
                raw ? raw(message, expected) : typed(input.getContents(), expected);
        List<String> outputs =
                message.getOutputsList().stream().map(InferRequestedOutputTensor::getName).toList();
        return new GrpcRequest(pictures, ModelOutput.named(outputs), raw);
    }

    private static RequestParameters parameters(Map<String, InferParameter> given) {
        Map<String, Object> values = new HashMap<>();
        given.forEach(
                (name, value) -> {
                    switch (value.getParameterChoiceCase()) {
                        case BOOL_PARAM -> values.put(name, value.getBoolParam());
                        case INT64_PARAM -> values.put(name, value.getInt64Param());
                        case UINT64_PARAM -> values.put(name, value.getUint64Param());
                        case DOUBLE_PARAM -> values.put(name, value.getDoubleParam());
                        case STRING_PARAM -> values.put(name, value.getStringParam());
                        case PARAMETERCHOICE_NOT_SET -> {}
                    }
                });
        return new RequestParameters(values);
    }

    private static List<Picture> raw(ModelInferRequest message, PictureInput expected)
            throws RefusedException {
        if (message.getRawInputContentsCount() != 1) {
            throw Refusals.because(
                    "raw_input_contents: %d (expected: one an input)"
                            .formatted(message.getRawInputContentsCount()));
        }
        if (message.getInputs(0).hasContents()) {
            throw Refusals.because("contents: given (expected: none beside raw_input_contents)");
        }
        return expected.raw(message.getRawInputContents(0).asReadOnlyByteBuffer());
    }

    private static List<Picture> typed(InferTensorContents contents, PictureInput expected)
            throws RefusedException {
        if (contents.getBytesContentsCount() > 0) {
            return expected.files(
                    contents.getBytesContentsList().stream().map(ByteString::toByteArray).toList());
        }
        float[] numbers = new float[contents.getFp32ContentsCount()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = contents.getFp32Contents(i);
        }
        return expected.numbers(FloatBuffer.wrap(numbers));
    }
}
