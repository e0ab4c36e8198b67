package dev.medzoo.translate.decode;

import java.io.EOFException;

/** Reads numbers and names at an offset in a file. Throws {@link EOFException} beyond its end. */
final class Bytes {
    private Bytes() {}

    /** Whether the file has these characters (each one byte) at the offset. */
    static boolean has(byte[] bytes, int offset, String latin1) {
        if (offset < 0 || offset > bytes.length - latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if ((bytes[offset + i] & 0xff) != latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** One byte, 0 to 255. */
    static int at(byte[] bytes, int offset) throws EOFException {
        check(bytes, offset, 1);
        return bytes[offset] & 0xff;
    }

    /** Two bytes, the more significant first. */
    static int big16(byte[] bytes, int offset) throws EOFException {
        check(bytes, offset, 2);
        return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    }

    /** Four bytes, unsigned, the most significant first. */
    static long big32(byte[] bytes, int offset) throws EOFException {
        return ((long) big16(bytes, offset) << 16) | big16(bytes, offset + 2);
    }

    /** Four bytes, unsigned, the least significant first. */
    static long little32(byte[] bytes, int offset) throws EOFException {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) big32(bytes, offset)));
    }

    /** Refuses a part that is not wholly inside the file. */
    static void check(byte[] bytes, long offset, long length) throws EOFException {
        if (offset < 0 || length < 0 || offset + length > bytes.length) {
            throw new EOFException("%d bytes at %d of %d".formatted(length, offset, bytes.length));
        }
    }
}
