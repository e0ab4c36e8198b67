package dev.medzoo.translate.decode.dicom;

import java.io.IOException;
import javax.imageio.IIOException;

/**
 * A Part-10 file (PS3.10 section 7) up to its data set.
 *
 * @param bytes of the file, or of its inflated data set
 * @param at offset of the data set
 * @param syntax of the data set
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never copied.
record PartTen(byte[] bytes, int at, TransferSyntax syntax) {
    private static final int PREAMBLE_BYTES = 128;
    private static final String MAGIC = "DICM";

    /** Whether a file has the beginning of a Part-10 file. */
    static boolean begins(byte[] bytes) {
        if (bytes.length < PREAMBLE_BYTES + MAGIC.length()) {
            return false;
        }
        for (int i = 0; i < MAGIC.length(); i++) {
            if (bytes[PREAMBLE_BYTES + i] != MAGIC.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads the file's meta information, and inflates a deflated data set. */
    static PartTen of(byte[] bytes, CostLimits limits) throws IOException {
        int at = PREAMBLE_BYTES + MAGIC.length();
        DataSet meta = new DataSet(bytes);
        while (bytes.length - at >= 2 && LittleEndian.int16(bytes, at) == 2) {
            Element element = Element.at(bytes, at, bytes.length, true);
            if (element.isUndefined()) {
                throw new IIOException(Tag.text(element.tag()) + " of undefined length");
            }
            meta.put(element);
            at = element.end();
        }
        if (meta.element(Tag.TRANSFER_SYNTAX) == null) {
            throw new IIOException("no transfer syntax " + Tag.text(Tag.TRANSFER_SYNTAX));
        }
        TransferSyntax syntax = TransferSyntax.of(meta.text(Tag.TRANSFER_SYNTAX));
        return syntax.isDeflated()
                ? new PartTen(Deflated.inflate(bytes, at, limits), 0, syntax)
                : new PartTen(bytes, at, syntax);
    }

    /** Parses the data set. */
    DataSet read(DataSetReader reader) throws IOException {
        return reader.read(at, syntax.isExplicit());
    }
}
