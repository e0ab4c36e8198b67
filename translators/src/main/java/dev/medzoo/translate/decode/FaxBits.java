package dev.medzoo.translate.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the bits of one strip or tile of a fax; zeros after its end. */
final class FaxBits {
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** An end-of-line code is at least so many zeros and a one. */
    private static final int ZEROS_OF_END = 11;

    private final byte[] bytes;
    private final int limit;
    private final boolean isLowFirst;

    /** The next one, from the beginning of the file. */
    private long next;

    /**
     * @param bytes of the whole file, of which those from {@code from} to {@code limit} are read
     * @param isLowFirst whether the least significant bit of a byte is its first
     */
    FaxBits(byte[] bytes, int from, int limit, boolean isLowFirst) {
        this.bytes = bytes;
        this.limit = limit;
        this.isLowFirst = isLowFirst;
        next = 8L * from;
    }

    /**
     * Peeks at the next bits.
     *
     * @param count up to 25
     */
    int peek(int count) {
        int at = (int) (next >> 3);
        int word = at + 4 <= limit ? (int) INTS.get(bytes, at) : lastWord(at);
        if (isLowFirst) {
            word = Integer.reverse(Integer.reverseBytes(word));
        }
        return word << (int) (next & 7) >>> (32 - count);
    }

    private int lastWord(int at) {
        int word = 0;
        for (int i = 0; i < 4; i++) {
            word = (word << 8) | (at + i < limit ? bytes[at + i] & 0xff : 0);
        }
        return word;
    }

    void skip(int count) {
        next += count;
    }

    /** Skips to the next byte boundary. */
    void align() {
        next = (next + 7) & ~7L;
    }

    /** Whether it was read past its end. */
    boolean isBeyond() {
        return next > 8L * limit;
    }

    /** Whether the end comes before as many bits. */
    boolean endsWithin(int count) {
        return next + count > 8L * limit;
    }

    /** Skips past the next end-of-line code, if there is one. */
    boolean skipToLine() {
        long start = next;
        while (!endsWithin(ZEROS_OF_END)) {
            int zeros = peek(ZEROS_OF_END);
            if (zeros == 0) {
                return skipZeros(start);
            }
            // Skips up to the last one bit; the zeros after it may begin the code that is sought.
            skip(ZEROS_OF_END - Integer.numberOfTrailingZeros(zeros));
        }
        next = start;
        return false;
    }

    private boolean skipZeros(long start) {
        skip(ZEROS_OF_END);
        while (peek(8) == 0 && !endsWithin(1)) {
            skip(8);
        }
        skip(Integer.numberOfLeadingZeros(peek(8)) - 23);
        if (isBeyond()) {
            next = start;
            return false;
        }
        return true;
    }
}
