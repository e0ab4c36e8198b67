package dev.medzoo.translate;

import java.util.Arrays;

/** One colour of a JPEG: its blocks of 64 coefficients, in the order of the zigzag. */
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

    final short[] coefficients;

    /** Whether a block has coefficients beyond the first. */
    final boolean[] isFilled;

    /** Of each coefficient, down to which bit it is known; -1 where not at all. */
    final int[] knownBits = new int[64];

    int predicted;

    /**
     * @param across and {@code down}: sampling factors
     * @param mcusAcross groups of blocks in a row
     */
    JpegComponent(
            int id,
            int across,
            int down,
            int mcusAcross,
            int mcusDown,
            int ownAcross,
            int ownDown) {
        this.id = id;
        this.across = across;
        this.down = down;
        blocksAcross = mcusAcross * across;
        blocksDown = mcusDown * down;
        this.ownAcross = ownAcross;
        this.ownDown = ownDown;
        coefficients = new short[64 * blocksAcross * blocksDown];
        isFilled = new boolean[blocksAcross * blocksDown];
        Arrays.fill(knownBits, -1);
    }
}
