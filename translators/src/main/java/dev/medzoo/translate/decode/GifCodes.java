package dev.medzoo.translate.decode;

import java.io.IOException;
import javax.imageio.IIOException;

/**
 * The codes of a GIF (LZW of 3 to 12 bits, GIF89a appendix F), decompressed until the frame is
 * full.
 */
final class GifCodes {
    private static final int MAX_CODES = 4096;
    private static final int MAX_BITS = 12;
    private static final int NONE = -1;

    private final byte[] packed;
    private final int clear;
    private final int firstBits;
    private final short[] prefix = new short[MAX_CODES];
    private final byte[] suffix = new byte[MAX_CODES];

    /** The pixels of a code, in reverse order. */
    private final byte[] string = new byte[MAX_CODES];

    private int at;
    private int held;
    private int heldBits;

    /**
     * @param leastBits of a pixel, 1 to 8
     */
    GifCodes(byte[] packed, int leastBits) throws IIOException {
        if (leastBits < 1 || leastBits > 8) {
            throw new IIOException("code size: %d (expected: 1..8)".formatted(leastBits));
        }
        this.packed = packed;
        clear = 1 << leastBits;
        firstBits = leastBits + 1;
        for (int i = 0; i < clear; i++) {
            suffix[i] = (byte) i;
        }
    }

    void unpack(GifRows rows) throws IOException {
        int next = clear + 2;
        int bits = firstBits;
        int old = NONE;
        int first = 0;
        while (!rows.isFull()) {
            int code = code(bits);
            if (code == NONE || code == clear + 1) {
                break;
            }
            if (code == clear) {
                next = clear + 2;
                bits = firstBits;
                old = NONE;
                continue;
            }
            if (code > next || (code == next && old == NONE)) {
                throw new DamagedException("code %d where %d is next".formatted(code, next));
            }
            int from = MAX_CODES;
            int each = code;
            if (code == next) {
                string[--from] = (byte) first;
                each = old;
            }
            while (each >= clear) {
                string[--from] = suffix[each];
                each = prefix[each];
            }
            first = suffix[each] & 0xff;
            string[--from] = (byte) first;
            rows.put(string, from, MAX_CODES);
            if (old != NONE && next < MAX_CODES) {
                prefix[next] = (short) old;
                suffix[next] = (byte) first;
                next++;
                if (next == 1 << bits && bits < MAX_BITS) {
                    bits++;
                }
            }
            old = code;
        }
        rows.checkFull();
    }

    private int code(int bits) {
        while (heldBits < bits) {
            if (at == packed.length) {
                return NONE;
            }
            held |= (packed[at++] & 0xff) << heldBits;
            heldBits += 8;
        }
        int code = held & ((1 << bits) - 1);
        held >>>= bits;
        heldBits -= bits;
        return code;
    }
}
