package dev.medzoo.translate.decode;

import java.io.EOFException;

/** Reads the bits of a lossless WebP, least significant bit of each byte first. */
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

    /** Peeks at 32 or more bits; zeros after the end. */
    int peek() {
        while (heldBits <= 56 - 8) {
            // Zeros after the end; checkEnd() detects it.
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

    /** Throws if it was read past its end. */
    void checkEnd() throws EOFException {
        if (at - heldBits / 8 > end) {
            throw new EOFException("pixels end early");
        }
    }
}
