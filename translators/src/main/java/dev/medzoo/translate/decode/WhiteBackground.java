package dev.medzoo.translate.decode;

/** Blends transparent pixels over white. */
final class WhiteBackground {
    private static final int WHITE = 255;

    private WhiteBackground() {}

    /**
     * Blends a colour over white.
     *
     * @param colour 0 to 255
     * @param alpha 0 (transparent) to 255
     */
    static byte under(int colour, int alpha) {
        return (byte) ((colour * alpha + WHITE * (WHITE - alpha) + 127) / WHITE);
    }
}
