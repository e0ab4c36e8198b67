package dev.medzoo.translate.decode;

import java.io.IOException;

/** What a block of EXIF says of how the camera was held. */
final class Exif {
    /** What a block that is broken or cut says. */
    static final int NONE = 0;

    private static final String PREFIX = "Exif\0\0";

    private Exif() {}

    /**
     * Reads the orientation.
     *
     * @param offset of the block, with the prefix of JPEG's segments once, more often, or without
     * @return 1 to 8, upright where a whole block says nothing; else {@link #NONE}
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
