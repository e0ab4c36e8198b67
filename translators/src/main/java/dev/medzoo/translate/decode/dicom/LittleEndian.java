package dev.medzoo.translate.decode.dicom;

/** Reads little-endian numbers in an array; the caller has checked the bounds. */
final class LittleEndian {
    private LittleEndian() {}

    /** Two bytes, unsigned. */
    static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    /** Four bytes, unsigned. */
    static long int32(byte[] bytes, int at) {
        return int16(bytes, at) | (long) int16(bytes, at + 2) << 16;
    }

    /** Group and element. */
    static int tag(byte[] bytes, int at) {
        return int16(bytes, at) << 16 | int16(bytes, at + 2);
    }
}
