package dev.medzoo.translate.decode;

import java.io.IOException;

/** Reads the orientation from an EXIF block. */
final class Exif {
    /** The result for a malformed or truncated block. */
    static final int NONE = 0;

    private static final String PREFIX = "Exif\0\0";

    private Exif() {}

    /**
     * Reads the orientation.
     *
     * @param offset of the block, with any number of JPEG's {@code Exif} prefixes before it
     * @return 1 to 8, upright if a well-formed block has none; else {@link #NONE}
     */
    static int orientation(byte[] bytes, int offset, int length) {
        int at = offset;
        while (Bytes.has(bytes, at, PREFIX)) {
            at += PREFIX.length();
        }
        boolean isTiff = Bytes.has(bytes, at, "II*\0") || Bytes.has(bytes, at, "MM\0*");
        if (!isTiff || at > offset + length) {
            return NONE;
        }
        try {
            return TiffDirectory.of(bytes, at, offset + length - at).orientation();
        } catch (IOException broken) {
            return NONE;
        }
    }
}
