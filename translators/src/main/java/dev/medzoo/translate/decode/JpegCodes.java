package dev.medzoo.translate.decode;

import java.util.Arrays;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/**
 * Lookup tables of a {@link JpegCode} that decode several things at once: a code together with the
 * value that follows it, or several codes together.
 */
final class JpegCodes {
    /** Index width of {@link #steps} in bits. */
    static final int STEP_BITS = 10;

    /** Index width of {@link #leaps()} in bits. */
    static final int LEAP_BITS = 12;

    private static final int LENGTHS = 16;
    private static final int MOST_DC_SIZE = 15;

    /** The code itself, for codes too long for the tables. */
    final JpegCode code;

    /**
     * Of the next ten bits: the coefficient (bits 16 to 31), how many zeros precede it and itself
     * (bits 8 to 15; 0 for the end of the block), and the bits that both take (0 to 7). 0 where ten
     * bits are not enough.
     */
    final int[] steps = new int[1 << STEP_BITS];

    private int @Nullable [] leaps;

    private JpegCodes(JpegCode code) {
        this.code = code;
    }

    /**
     * From the body of a segment DHT.
     *
     * @param at of the sixteen counts, which the symbols follow
     * @param isDc whether the symbols are sizes of DC coefficients
     * @return null if they make no valid code
     */
    static @Nullable JpegCodes of(byte[] bytes, int at, boolean isDc) {
        int count = count(bytes, at);
        if (count < 0) {
            return null;
        }
        for (int i = 0; isDc && i < count; i++) {
            if ((bytes[at + LENGTHS + i] & 0xff) > MOST_DC_SIZE) {
                return null;
            }
        }
        JpegCodes table;
        try {
            table = new JpegCodes(new JpegCode(bytes, at, count));
        } catch (IIOException e) {
            return null;
        }
        for (int next = 0; next < table.steps.length; next++) {
            table.steps[next] = table.step(next, isDc);
        }
        return table;
    }

    /** Number of codes; -1 if the code of all ones, which is reserved, is in use. */
    private static int count(byte[] bytes, int at) {
        int code = 0;
        int count = 0;
        for (int length = 1; length <= LENGTHS; length++) {
            int of = bytes[at + length - 1] & 0xff;
            code += of;
            count += of;
            if (of > 0 && code >= 1 << length) {
                return -1;
            }
            code <<= 1;
        }
        return count;
    }

    /**
     * Indexed by the next twelve bits, to skip coefficients: by how many positions the complete
     * codes in them advance (bits 8 to 15), an end of block counted as one, and how many bits these
     * take with their coefficients (0 to 7). Negative if the last code ends the block; 0 if no code
     * fits in twelve bits. Built at first use.
     */
    int[] leaps() {
        int[] known = leaps;
        if (known == null) {
            known = new int[1 << LEAP_BITS];
            Arrays.setAll(known, this::leap);
            leaps = known;
        }
        return known;
    }

    private int step(int next, boolean isDc) {
        int entry = code.entry(next << (LENGTHS - STEP_BITS));
        int size = entry & 15;
        int bits = (entry >> 8) + size;
        if (entry == 0 || bits > STEP_BITS) {
            return 0;
        }
        int places = isDc ? 1 : places(entry);
        int value = signed(next >> (STEP_BITS - bits) & ((1 << size) - 1), size);
        return value << 16 | places << 8 | bits;
    }

    /**
     * By how many positions a symbol advances: its zeros and the coefficient; 0 for an end of
     * block.
     */
    static int places(int entry) {
        boolean isEnd = (entry & 15) == 0 && (entry & 0xff) < 0xf0;
        return isEnd ? 0 : (entry >> 4 & 15) + 1;
    }

    private int leap(int next) {
        int bits = 0;
        int places = 0;
        while (bits < LEAP_BITS) {
            int entry = code.entry(next << (LENGTHS - LEAP_BITS + bits) & 0xffff);
            if (entry == 0 || bits + (entry >> 8) > LEAP_BITS) {
                break;
            }
            bits += (entry >> 8) + (entry & 15);
            if (places(entry) == 0) {
                return 1 << 31 | (places + 1) << 8 | bits;
            }
            places += places(entry);
        }
        return places << 8 | bits;
    }

    /** Sign-extends a number of so many bits (F.2.2.1). */
    static int signed(int value, int bits) {
        return bits == 0 || value >> (bits - 1) == 1 ? value : value - (1 << bits) + 1;
    }
}
