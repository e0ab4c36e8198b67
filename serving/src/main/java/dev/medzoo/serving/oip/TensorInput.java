package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.transform.InputSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Preprocessed pictures: FP32 (n, 3, height, width), or one without the n. */
record TensorInput(long pictures, InputSize size) implements PictureInput {
    static final String NAME = "tensor";

    static TensorInput of(List<Long> shape, InputSize size) throws RefusedException {
        List<Long> one = List.of(3L, (long) size.height(), (long) size.width());
        if (shape.equals(one)) {
            return new TensorInput(1, size);
        }
        if (shape.size() == 4 && shape.subList(1, 4).equals(one)) {
            return new TensorInput(shape.get(0), size);
        }
        throw Refusals.because(
                "tensor: shape %s (expected: [n, 3, %d, %d])"
                        .formatted(shape, size.height(), size.width()));
    }

    static TensorSpec spec(InputSize size) {
        List<Long> shape = List.of(-1L, 3L, (long) size.height(), (long) size.width());
        return new TensorSpec(NAME, TensorSpec.FP32, shape);
    }

    /** How many numbers the input of one picture has. */
    static int numbersEach(InputSize size) {
        return 3 * size.height() * size.width();
    }

    @Override
    public String datatype() {
        return TensorSpec.FP32;
    }

    @Override
    public List<Picture> raw(ByteBuffer bytes) throws RefusedException {
        long expected = Float.BYTES * pictures * numbersEach(size);
        if (bytes.remaining() != expected) {
            throw Refusals.because(
                    "tensor: %d bytes (expected: %d, as the shape says)"
                            .formatted(bytes.remaining(), expected));
        }
        return numbers(bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    }

    @Override
    public List<Picture> files(List<byte[]> files) throws RefusedException {
        throw Refusals.because("tensor: texts (expected: numbers, as FP32)");
    }

    @Override
    public List<Picture> numbers(FloatBuffer numbers) throws RefusedException {
        long expected = pictures * numbersEach(size);
        if (numbers.remaining() != expected) {
            throw Refusals.because(
                    "tensor: %d numbers (expected: %d, as the shape says)"
                            .formatted(numbers.remaining(), expected));
        }
        List<Picture> all = new ArrayList<>();
        while (numbers.hasRemaining()) {
            float[] values = new float[numbersEach(size)];
            numbers.get(values);
            all.add(Picture.tensor(values));
        }
        return all;
    }
}
