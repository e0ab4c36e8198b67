package dev.medzoo.translate.decode.dicom;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.IIOException;

/** Inflates the data set of a deflated file (PS3.5 annex A.5): RFC 1951 without a header. */
final class Deflated {
    /** The size limit of a file that is not deflated. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int PART_BYTES = 1 << 16;

    /** Cost of inflating a byte, in pixels of a plain JPEG. */
    private static final double WORK_OF_BYTE = 0.3;

    private Deflated() {}

    static byte[] inflate(byte[] bytes, int at, CostLimits limits) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, at, bytes.length - at);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] part = new byte[PART_BYTES];
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new EOFException("deflated data without an end");
                }
                all.write(part, 0, length);
                check(all.size(), length, limits);
            }
            return all.toByteArray();
        } catch (DataFormatException e) {
            throw new IIOException("invalid deflated data", e);
        } finally {
            inflater.end();
        }
    }

    private static void check(int size, int part, CostLimits limits) throws IOException {
        if (size > MOST_BYTES) {
            throw new UnreadDicomException(
                    "DICOM that inflates to too many bytes (expected: at most %d)"
                            .formatted(MOST_BYTES));
        }
        limits.work("DICOM that unpacks to %d bytes".formatted(size), WORK_OF_BYTE * part);
        // Counted twice: the growing buffer, and the final copy.
        limits.memory("DICOM that unpacks to %d bytes".formatted(size), 2.0 * size);
        limits.checkWanted();
    }
}
