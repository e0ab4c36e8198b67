package dev.medzoo.translate.decode.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.util.Set;
import javax.imageio.IIOException;

/**
 * Header of one data element and the location of its value (PS3.5 section 7.1).
 *
 * @param tag of the element
 * @param representation two letters, or {@code "??"} where the transfer syntax leaves them out
 * @param at offset of the value
 * @param length in bytes, or {@link #UNDEFINED}
 */
record Element(int tag, String representation, int at, long length) {
    static final long UNDEFINED = 0xffffffffL;
    private static final String IMPLICIT = "??";

    /** VRs whose length field has four bytes, after two reserved ones. */
    private static final Set<String> LONG =
            Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

    /**
     * Parses the element at an offset.
     *
     * @param end beyond which neither its header nor its value may reach
     */
    static Element at(byte[] bytes, int at, int end, boolean isExplicit) throws IOException {
        check(at, 8, end);
        int tag = LittleEndian.tag(bytes, at);
        if (tag >>> 16 == 0xfffe || !isExplicit) {
            return checked(tag, IMPLICIT, at + 8, LittleEndian.int32(bytes, at + 4), end);
        }
        char first = (char) (bytes[at + 4] & 0xff);
        char second = (char) (bytes[at + 5] & 0xff);
        if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z') {
            throw new IIOException(Tag.text(tag) + " without a value representation");
        }
        String representation = "" + first + second;
        if (LONG.contains(representation)) {
            check(at, 12, end);
            return checked(tag, representation, at + 12, LittleEndian.int32(bytes, at + 8), end);
        }
        return checked(tag, representation, at + 8, LittleEndian.int16(bytes, at + 6), end);
    }

    /** Whether an element with this tag begins at an offset. */
    static boolean isAt(int tag, byte[] bytes, int at) {
        return bytes.length - at >= 4 && LittleEndian.tag(bytes, at) == tag;
    }

    /** Parses the header of an element whose value may lie beyond the bytes. */
    static Element headAt(byte[] bytes, int at, boolean isExplicit) throws EOFException {
        int header = isExplicit ? 12 : 8;
        check(at, header, bytes.length);
        return new Element(
                LittleEndian.tag(bytes, at),
                isExplicit ? "" + (char) bytes[at + 4] + (char) bytes[at + 5] : IMPLICIT,
                at + header,
                LittleEndian.int32(bytes, at + header - Integer.BYTES));
    }

    private static Element checked(int tag, String representation, int at, long length, int end)
            throws IOException {
        if (length != UNDEFINED && length > end - at) {
            throw new EOFException(
                    "%s of %d bytes, where %d are left".formatted(Tag.text(tag), length, end - at));
        }
        return new Element(tag, representation, at, length);
    }

    private static void check(int at, int length, int end) throws EOFException {
        if (length > end - at) {
            throw new EOFException("an element of %d bytes".formatted(Math.max(0, end - at)));
        }
    }

    boolean isUndefined() {
        return length == UNDEFINED;
    }

    /** Offset after the value, whose length must be defined. */
    int end() {
        return at + (int) length;
    }

    /** Whether two-byte numbers of this element are signed; the default is that of the pixels. */
    boolean isSigned(boolean byDefault) {
        boolean isKnown = representation.equals("SS") || representation.equals("US");
        return isKnown ? representation.equals("SS") : byDefault;
    }
}
