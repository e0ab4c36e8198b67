package dev.medzoo.translate.decode;

import java.util.Arrays;

/**
 * One colour component of a JPEG: blocks of 64 coefficients, or of the DC alone, in zigzag order.
 */
final class JpegComponent {
    final int id;
    final int across;
    final int down;

    /** Blocks per row and column in interleaved scans. */
    final int blocksAcross;

    final int blocksDown;

    /** Blocks that the picture covers: those of a non-interleaved scan. */
    final int ownAcross;

    final int ownDown;

    /** Coefficients kept per block: 64, or 1 for the DC alone. */
    final int size;

    final short[] coefficients;

    /** Per block a bit mask: bit k is 1 if coefficient k is not 0; the DC is not in it. */
    final long[] filled;

    /** Per coefficient, the lowest bit known so far; -1 if none is. */
    final int[] knownBits = new int[64];

    int predicted;

    /**
     * @param across and {@code down}: sampling factors
     * @param mcusAcross MCUs per row
     * @param size coefficients kept per block: 64, or 1 for the DC alone
     */
    JpegComponent(
            int id,
            int across,
            int down,
            int mcusAcross,
            int mcusDown,
            int ownAcross,
            int ownDown,
            int size) {
        this.id = id;
        this.across = across;
        this.down = down;
        blocksAcross = mcusAcross * across;
        blocksDown = mcusDown * down;
        this.ownAcross = ownAcross;
        this.ownDown = ownDown;
        this.size = size;
        coefficients = new short[size * blocksAcross * blocksDown];
        filled = new long[blocksAcross * blocksDown];
        Arrays.fill(knownBits, -1);
    }

    /** Sets an AC coefficient. */
    void set(int block, int place, int value) {
        coefficients[64 * block + place] = (short) value;
        if ((short) value != 0) {
            filled[block] |= 1L << place;
        }
    }

    /** Bit mask of the nonzero coefficients of a block from {@code from} to {@code last}. */
    long filled(int block, int from, int last) {
        return filled[block] & places(from, last);
    }

    /** Bit mask of the positions from {@code from} to {@code last}. */
    static long places(int from, int last) {
        return last < from ? 0 : (-1L << from) & (-1L >>> (63 - last));
    }
}
