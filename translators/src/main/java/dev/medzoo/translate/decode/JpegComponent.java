package dev.medzoo.translate.decode;

import java.util.Arrays;

/**
 * One colour of a JPEG: its blocks of 64 coefficients, or of the first, in the order of the zigzag.
 */
final class JpegComponent {
    final int id;
    final int across;
    final int down;

    /** Blocks of a row and of a column as scans of several components have them. */
    final int blocksAcross;

    final int blocksDown;

    /** Blocks that the picture reaches, which is what a scan of one component has. */
    final int ownAcross;

    final int ownDown;

    /** How many coefficients of a block are kept: 64, or the first alone. */
    final int size;

    final short[] coefficients;

    /** Of each block, bit k is 1 where the coefficient of that place is not 0; not of the first. */
    final long[] filled;

    /** Of each coefficient, down to which bit it is known; -1 where not at all. */
    final int[] knownBits = new int[64];

    int predicted;

    /**
     * @param across and {@code down}: sampling factors
     * @param mcusAcross groups of blocks in a row
     * @param size how many coefficients of a block are kept: 64, or 1 for the first alone
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

    /** Sets a coefficient beyond the first. */
    void set(int block, int place, int value) {
        coefficients[64 * block + place] = (short) value;
        if ((short) value != 0) {
            filled[block] |= 1L << place;
        }
    }

    /** Those places of a block from {@code from} to {@code last} where it is not 0, as bits. */
    long filled(int block, int from, int last) {
        return filled[block] & places(from, last);
    }

    /** The places of a block from {@code from} to {@code last}, as bits. */
    static long places(int from, int last) {
        return last < from ? 0 : (-1L << from) & (-1L >>> (63 - last));
    }
}
