package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * A prefix code of a lossless WebP (RFC 9649, section 3.7.2), as lookup tables: a root table of at
 * most 8 bits, and second-level tables for longer codes.
 */
final class WebpCode {
    private static final int ROOT_BITS = 8;
    private static final int MAX_BITS = 15;
    private static final int[] ORDER = {
        17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    };

    /**
     * Number of bits in the upper half; a symbol or the offset of a second-level table in the
     * lower.
     */
    private final int[] table;

    private final int rootBits;

    private WebpCode(int[] table, int rootBits) {
        this.table = table;
        this.rootBits = rootBits;
    }

    int read(WebpBits bits) {
        int next = bits.peek();
        int entry = table[next & ((1 << rootBits) - 1)];
        int length = entry >>> 16;
        if (length > rootBits) {
            bits.skip(rootBits);
            int more = (next >>> rootBits) & ((1 << (length - rootBits)) - 1);
            entry = table[(entry & 0xffff) + more];
            length = entry >>> 16;
        }
        bits.skip(length);
        return entry & 0xffff;
    }

    /** Whether it has a single symbol, which takes no bits. */
    boolean isSingle() {
        return table.length == 1;
    }

    /** The symbol of a code with a single one. */
    int single() {
        return table[0];
    }

    /** Size of the tables in memory. */
    int bytes() {
        return 4 * table.length;
    }

    /** Reads the code lengths of {@code lengths.length} symbols. */
    static void readLengths(WebpBits bits, int[] lengths) throws IOException {
        int symbols = lengths.length;
        Arrays.fill(lengths, 0);
        if (bits.readFlag()) {
            boolean two = bits.readFlag();
            int first = bits.read(bits.readFlag() ? 8 : 1);
            lengths[checked(first, symbols)] = 1;
            if (two) {
                lengths[checked(bits.read(8), symbols)] = 1;
            }
            return;
        }
        int[] ofLengths = new int[ORDER.length];
        int count = 4 + bits.read(4);
        for (int i = 0; i < count; i++) {
            ofLengths[ORDER[i]] = bits.read(3);
        }
        WebpCode code = of(ofLengths);
        int left = bits.readFlag() ? 2 + bits.read(2 + 2 * bits.read(3)) : symbols;
        if (left > symbols) {
            throw new IIOException(
                    "%d code lengths (expected: at most %d)".formatted(left, symbols));
        }
        int previous = 8;
        int at = 0;
        while (at < symbols && left-- > 0) {
            int length = code.read(bits);
            if (length < 16) {
                lengths[at++] = length;
                previous = length == 0 ? previous : length;
                continue;
            }
            int repeat =
                    switch (length) {
                        case 16 -> 3 + bits.read(2);
                        case 17 -> 3 + bits.read(3);
                        default -> 11 + bits.read(7);
                    };
            if (at + repeat > symbols) {
                throw new IIOException("code lengths beyond the last symbol");
            }
            int value = length == 16 ? previous : 0;
            for (int i = 0; i < repeat; i++) {
                lengths[at++] = value;
            }
        }
    }

    private static int checked(int symbol, int symbols) throws IIOException {
        if (symbol >= symbols) {
            throw new IIOException("symbol: %d (expected: below %d)".formatted(symbol, symbols));
        }
        return symbol;
    }

    /** Builds the code from its symbols' lengths; 0 for symbols that do not occur. */
    static WebpCode of(int[] lengths) throws IIOException {
        int[] count = new int[MAX_BITS + 1];
        for (int length : lengths) {
            count[length]++;
        }
        count[0] = 0;
        int[] next = new int[MAX_BITS + 2];
        int longest = 0;
        int room = 1;
        boolean complete = true;
        for (int bits = 1; bits <= MAX_BITS; bits++) {
            next[bits + 1] = next[bits] + count[bits];
            longest = count[bits] > 0 ? bits : longest;
            room = 2 * room - count[bits];
            complete &= room >= 0;
        }
        int symbols = next[MAX_BITS + 1];
        int[] sorted = new int[Math.max(1, symbols)];
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                sorted[next[lengths[symbol]]++] = symbol;
            }
        }
        if (symbols == 1) {
            return new WebpCode(new int[] {sorted[0]}, 0);
        }
        if (!complete || room != 0) {
            throw new IIOException("prefix code of %d symbols, not complete".formatted(symbols));
        }
        return build(sorted, count, Math.min(ROOT_BITS, longest));
    }

    private static WebpCode build(int[] sorted, int[] count, int rootBits) {
        int[] table = new int[1 << rootBits];
        int symbol = 0;
        int key = 0;
        for (int bits = 1; bits <= rootBits; bits++) {
            for (int i = 0; i < count[bits]; i++) {
                fill(table, key, 1 << bits, table.length, bits << 16 | sorted[symbol++]);
                key = nextKey(key, bits);
            }
        }
        int mask = (1 << rootBits) - 1;
        int low = -1;
        int start = 0;
        int size = 0;
        for (int bits = rootBits + 1; bits <= MAX_BITS; bits++) {
            for (int left = count[bits]; left > 0; left--) {
                if ((key & mask) != low) {
                    low = key & mask;
                    start = table.length;
                    int tableBits = furtherBits(count, left, bits, rootBits);
                    size = 1 << tableBits;
                    table = Arrays.copyOf(table, start + size);
                    table[low] = (rootBits + tableBits) << 16 | start;
                }
                int entry = (bits - rootBits) << 16 | sorted[symbol++];
                fill(table, start + (key >> rootBits), 1 << (bits - rootBits), start + size, entry);
                key = nextKey(key, bits);
            }
        }
        return new WebpCode(table, rootBits);
    }

    private static void fill(int[] table, int from, int step, int end, int entry) {
        for (int i = from; i < end; i += step) {
            table[i] = entry;
        }
    }

    /** The next code of that length, with reversed bits. */
    private static int nextKey(int key, int bits) {
        int step = 1 << (bits - 1);
        while ((key & step) != 0) {
            step >>= 1;
        }
        return step == 0 ? key : (key & (step - 1)) + step;
    }

    /** Index width of a second-level table that begins with a code of so many bits. */
    private static int furtherBits(int[] count, int leftOfBits, int bits, int rootBits) {
        int room = (1 << (bits - rootBits)) - leftOfBits;
        int longest = bits;
        while (longest < MAX_BITS && room > 0) {
            longest++;
            room = 2 * room - count[longest];
        }
        return longest - rootBits;
    }
}
