package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.work.Picture;
import dev.medzoo.translate.decode.PictureOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Picture files: BYTES (n) or (n, 1).
 *
 * @param options for decoding each
 */
record ImageInput(long pictures, PictureOptions options) implements PictureInput {
    static final String NAME = "image";

    /** Parameter: the number of a DICOM file's frame, from 1. */
    static final String FRAME = "frame";

    /** Parameter: whether pictures may be read that are said to show who the patient is. */
    static final String BURNED_IN = "burned_in";

    static final TensorSpec SPEC = new TensorSpec(NAME, TensorSpec.BYTES, List.of(-1L));

    static ImageInput of(List<Long> shape, RequestParameters parameters) throws RefusedException {
        if (shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1)) {
            return new ImageInput(shape.get(0), options(parameters));
        }
        throw Refusals.because("image: shape %s (expected: [n] or [n, 1])".formatted(shape));
    }

    private static PictureOptions options(RequestParameters parameters) throws RefusedException {
        Long frame = parameters.count(FRAME);
        if (frame != null && (frame < 1 || frame > Integer.MAX_VALUE)) {
            throw Refusals.because(
                    "%s: %d (expected: a whole number from 1)".formatted(FRAME, frame));
        }
        return new PictureOptions(
                frame == null ? OptionalInt.empty() : OptionalInt.of(frame.intValue()),
                Boolean.TRUE.equals(parameters.flag(BURNED_IN)));
    }

    @Override
    public String datatype() {
        return TensorSpec.BYTES;
    }

    @Override
    public List<Picture> raw(ByteBuffer bytes) throws RefusedException {
        ByteBuffer rest = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> files = new ArrayList<>();
        while (rest.hasRemaining() && files.size() <= pictures) {
            long length = rest.remaining() < 4 ? 4 : Integer.toUnsignedLong(rest.getInt());
            if (length > rest.remaining()) {
                throw Refusals.because(
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
    public List<Picture> files(List<byte[]> files) throws RefusedException {
        if (files.size() != pictures) {
            throw Refusals.because(
                    "image: %s elements (expected: %d, as the shape says)"
                            .formatted(files.size() > pictures ? "more" : files.size(), pictures));
        }
        return files.stream().map(file -> Picture.file(file, options)).toList();
    }

    @Override
    public List<Picture> numbers(FloatBuffer numbers) throws RefusedException {
        throw Refusals.because("image: numbers (expected: picture files, as BYTES)");
    }
}
