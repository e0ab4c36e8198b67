package dev.medzoo.translate.decode;

import java.io.IOException;

/** Coding of a fax's rows: TIFF's compressions 2 to 4. */
enum FaxKind {
    /** Modified Huffman: runs; each row begins at a byte boundary. */
    HUFFMAN,
    /** T.4 one-dimensional: runs; each row begins with an end-of-line code. */
    T4,
    /** T.4 two-dimensional: a tag bit per row selects runs or changes relative to the row above. */
    T4_TWO_DIMENSIONAL,
    /** T.6: always changes relative to the row above. */
    T6;

    private static final int TWO_DIMENSIONAL = 1;

    static FaxKind of(TiffDirectory tags) throws IOException {
        long compression = tags.value(TiffTags.COMPRESSION, TiffTags.UNCOMPRESSED);
        if (compression == TiffTags.FAX_T4) {
            boolean isTwo = (tags.value(TiffTags.T4_OPTIONS, 0) & TWO_DIMENSIONAL) != 0;
            return isTwo ? T4_TWO_DIMENSIONAL : T4;
        }
        return compression == TiffTags.FAX_T6 ? T6 : HUFFMAN;
    }

    /** Whether each row follows an end-of-line code. */
    boolean hasLines() {
        return this == T4 || this == T4_TWO_DIMENSIONAL;
    }
}
