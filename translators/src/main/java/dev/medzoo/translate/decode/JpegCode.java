package dev.medzoo.translate.decode;

import java.util.Arrays;
import javax.imageio.IIOException;

/** A Huffman code of JPEG (ITU-T T.81, annex C). */
final class JpegCode {
    private static final int LENGTHS = 16;
    private static final int QUICK_BITS = 9;

    /** Message for bits that begin no code; libjpeg's own. */
    static final String BAD = "Corrupt JPEG data: bad Huffman code";

    /** Of the next nine bits: length and symbol, or 0 for a longer code. */
    private final short[] quick = new short[1 << QUICK_BITS];

    private final int[] most = new int[LENGTHS + 1];
    private final int[] offset = new int[LENGTHS + 1];
    private final byte[] symbols;

    /**
     * From the body of a segment DHT.
     *
     * @param at of the sixteen counts, which the symbols follow
     * @param count of the symbols
     */
    JpegCode(byte[] bytes, int at, int count) throws IIOException {
        symbols = Arrays.copyOfRange(bytes, at + LENGTHS, at + LENGTHS + count);
        int code = 0;
        int symbol = 0;
        for (int length = 1; length <= LENGTHS; length++) {
            int of = bytes[at + length - 1] & 0xff;
            offset[length] = symbol - code;
            for (int i = 0; i < of; i++, code++, symbol++) {
                fill(code, length, symbol);
            }
            most[length] = of == 0 ? -1 : code - 1;
            if (code > 1 << length) {
                throw new IIOException("Bogus Huffman table definition");
            }
            code <<= 1;
        }
    }

    private void fill(int code, int length, int symbol) {
        int room = QUICK_BITS - length;
        if (room < 0 || code >= 1 << length) {
            return;
        }
        short entry = (short) (length << 8 | (symbols[symbol] & 0xff));
        Arrays.fill(quick, code << room, (code + 1) << room, entry);
    }

    int read(JpegBits bits) throws DamagedException {
        int entry = entry(bits.peek16());
        if (entry == 0) {
            throw new DamagedException(BAD);
        }
        bits.skip(entry >> 8);
        return entry & 0xff;
    }

    /**
     * The code that the next bits begin with.
     *
     * @param next sixteen bits
     * @return its length times 256, and its symbol; 0 where there is none
     */
    int entry(int next) {
        int entry = quick[next >> (LENGTHS - QUICK_BITS)];
        return entry != 0 ? entry : longEntry(next);
    }

    private int longEntry(int next) {
        for (int length = QUICK_BITS + 1; length <= LENGTHS; length++) {
            int code = next >> (LENGTHS - length);
            if (code <= most[length]) {
                return length << 8 | (symbols[code + offset[length]] & 0xff);
            }
        }
        return 0;
    }
}
