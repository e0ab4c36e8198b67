package dev.medzoo.translate.decode;

import java.io.EOFException;

/** The bits of a lossless WebP, the least significant of each byte first. */
final class WebpBits {
    private final byte[] bytes;
    private final int end;
    private int at;
    private long held;
    private int heldBits;

    WebpBits(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** At least 32 of the bits that come; zeros after the end. */
    int peek() {
        while (heldBits <= 56 - 8) {
            // After the end there are zeros, and checkEnd() tells.
            long next = at < end ? bytes[at] & 0xffL : 0;
            at++;
            held |= next << heldBits;
            heldBits += 8;
        }
        return (int) held;
    }

    void skip(int bits) {
        held >>>= bits;
        heldBits -= bits;
    }

    /**
     * Reads a number.
     *
     * @param bits 0 to 24
     */
    int read(int bits) {
        int value = peek() & ((1 << bits) - 1);
        skip(bits);
        return value;
    }

    boolean readFlag() {
        return read(1) == 1;
    }

    /** Refuses to go on when more bits were read than there are. */
    void checkEnd() throws EOFException {
        if (at - heldBits / 8 > end) {
            throw new EOFException("pixels end early");
        }
    }
}
