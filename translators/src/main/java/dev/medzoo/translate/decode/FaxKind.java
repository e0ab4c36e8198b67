package dev.medzoo.translate.decode;

import java.io.IOException;

/** How the rows of a fax are coded, by TIFF's compressions 2 to 4. */
enum FaxKind {
    /** Runs of each row, which begins with a whole byte. */
    HUFFMAN,
    /** T.4: runs of each row, which begins with the end of a line. */
    T4,
    /** T.4: the same, or changes below those of the row above, as a bit says. */
    T4_TWO_DIMENSIONAL,
    /** T.6: changes below those of the row above, and no more. */
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

    /** Whether each row comes after the end of a line. */
    boolean hasLines() {
        return this == T4 || this == T4_TWO_DIMENSIONAL;
    }
}
