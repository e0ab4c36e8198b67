package dev.medzoo.translate.decode;

/** What shows through where a picture is transparent. */
final class WhiteBackground {
    private static final int WHITE = 255;

    private WhiteBackground() {}

    /**
     * A colour blended over white.
     *
     * @param colour 0 to 255
     * @param alpha 0 (transparent) to 255
     */
    static byte under(int colour, int alpha) {
        return (byte) ((colour * alpha + WHITE * (WHITE - alpha) + 127) / WHITE);
    }
}
