package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Picture files: BYTES (n) or (n, 1). */
record ImageInput(long pictures) implements PictureInput {
    static final String NAME = "image";
    static final TensorSpec SPEC = new TensorSpec(NAME, TensorSpec.BYTES, List.of(-1L));

    static ImageInput of(List<Long> shape) throws RefusedException {
        if (shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1)) {
            return new ImageInput(shape.get(0));
        }
        throw Refused.because("image: shape %s (expected: [n] or [n, 1])".formatted(shape));
    }

    @Override
    public String datatype() {
        return TensorSpec.BYTES;
    }

    @Override
    public List<OipPicture> raw(ByteBuffer bytes) throws RefusedException {
        ByteBuffer rest = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> files = new ArrayList<>();
        while (rest.hasRemaining() && files.size() <= pictures) {
            long length = rest.remaining() < 4 ? 4 : Integer.toUnsignedLong(rest.getInt());
            if (length > rest.remaining()) {
                throw Refused.because(
                        "image: element %d is %d bytes long (expected: at most the %d that follow)"
                                .formatted(files.size(), length, rest.remaining()));
            }
            byte[] file = new byte[(int) length];
            rest.get(file);
            files.add(file);
        }
        return files(files);
    }

    @Override
    public List<OipPicture> files(List<byte[]> files) throws RefusedException {
        if (files.size() != pictures) {
            throw Refused.because(
                    "image: %s elements (expected: %d, as the shape says)"
                            .formatted(files.size() > pictures ? "more" : files.size(), pictures));
        }
        return files.stream().<OipPicture>map(OipPicture.Encoded::new).toList();
    }

    @Override
    public List<OipPicture> numbers(FloatBuffer numbers) throws RefusedException {
        throw Refused.because("image: numbers (expected: picture files, as BYTES)");
    }
}
