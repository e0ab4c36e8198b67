package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.transform.InputSize;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The input tensor of a request, once name, datatype and shape are known to be those of the model.
 * Its elements come in one of three forms, and every form is held against the shape.
 */
sealed interface PictureInput permits ImageInput, TensorInput {
    /**
     * Holds what a request announces against a model.
     *
     * @param size of its network's input
     * @param parameters of the input
     * @param maxPictures in one request
     * @throws RefusedException when the model has no such input
     */
    static PictureInput of(
            String name,
            String datatype,
            List<Long> shape,
            RequestParameters parameters,
            InputSize size,
            int maxPictures)
            throws RefusedException {
        PictureInput input =
                switch (name) {
                    case ImageInput.NAME -> ImageInput.of(shape, parameters);
                    case TensorInput.NAME -> TensorInput.of(shape, size);
                    default ->
                            throw Refusals.because(
                                    "inputs[0].name: %s (expected: image or tensor)"
                                            .formatted(name));
                };
        if (!datatype.equals(input.datatype())) {
            throw Refusals.because(
                    "%s: datatype %s (expected: %s)".formatted(name, datatype, input.datatype()));
        }
        if (input.pictures() < 1 || input.pictures() > maxPictures) {
            throw Refusals.because(
                    "%s: %d pictures (expected: 1..%d)"
                            .formatted(name, input.pictures(), maxPictures));
        }
        return input;
    }

    String datatype();

    /** As many as the shape says. */
    long pictures();

    /** From the elements in the binary form, little-endian. */
    List<Picture> raw(ByteBuffer bytes) throws RefusedException;

    /** From elements of BYTES. */
    List<Picture> files(List<byte[]> files) throws RefusedException;

    /** From elements of FP32. */
    List<Picture> numbers(FloatBuffer numbers) throws RefusedException;
}
