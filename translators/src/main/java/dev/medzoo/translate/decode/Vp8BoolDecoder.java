package dev.medzoo.translate.decode;

import java.io.EOFException;

/** The boolean entropy decoder of lossy WebP (RFC 6386, section 7). */
final class Vp8BoolDecoder {
    private static final int LOADED_BYTES = 4;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int range = 255;

    /** The loaded bits that are left, and their number beyond the first eight. */
    private long value;

    private int more = -8;
    private boolean isOver;

    Vp8BoolDecoder(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /**
     * Reads a bit.
     *
     * @param probability of 0, in 256
     */
    boolean read(int probability) {
        if (more < 0) {
            load();
        }
        int split = 1 + (((range - 1) * probability) >> 8);
        boolean isSet = (int) (value >>> more) >= split;
        if (isSet) {
            range -= split;
            value -= (long) split << more;
        } else {
            range = split;
        }
        int shift = Integer.numberOfLeadingZeros(range) - 24;
        range <<= shift;
        more -= shift;
        return isSet;
    }

    private void load() {
        int count = Math.min(LOADED_BYTES, end - at);
        for (int i = 0; i < count; i++) {
            value = value << 8 | (bytes[at++] & 0xff);
            more += 8;
        }
        if (count <= 0) {
            value <<= 8;
            more += 8;
            isOver = true;
        }
    }

    int bit(int probability) {
        return read(probability) ? 1 : 0;
    }

    boolean flag() {
        return read(128);
    }

    int number(int bits) {
        int number = 0;
        for (int i = 0; i < bits; i++) {
            number = number << 1 | bit(128);
        }
        return number;
    }

    /** Reads a number and its sign. */
    int signed(int bits) {
        int number = number(bits);
        return flag() ? -number : number;
    }

    /** Reads an optional signed number; 0 if absent. */
    int optional(int bits) {
        return flag() ? signed(bits) : 0;
    }

    /** Throws if it was read past its end. */
    void checkEnd() throws EOFException {
        if (isOver) {
            throw new EOFException("pixels end early");
        }
    }
}
