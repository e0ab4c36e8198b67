package dev.medzoo.translate.decode;

import java.io.EOFException;
import javax.imageio.IIOException;

/**
 * The header of a PNG (third edition, section 11.2.1).
 *
 * @param width in pixels, above 0
 * @param height in pixels, above 0
 * @param depth bits of a sample, or of a palette's index
 * @param colour 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 * @param interlaced in the seven passes of Adam7
 */
record PngHeader(int width, int height, int depth, int colour, boolean interlaced) {
    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    private static final int BYTES = 13;

    /** Whether each pixel says how transparent it is. */
    boolean hasAlpha() {
        return colour == GREY_ALPHA || colour == RGB_ALPHA;
    }

    /** From the body of the chunk at {@code at}, which has {@code length} bytes. */
    static PngHeader of(byte[] bytes, int at, int length) throws EOFException, IIOException {
        if (length != BYTES) {
            throw new IIOException("IHDR: %d bytes (expected: %d)".formatted(length, BYTES));
        }
        long width = Bytes.big32(bytes, at);
        long height = Bytes.big32(bytes, at + 4);
        int depth = bytes[at + 8];
        int colour = bytes[at + 9];
        int interlace = bytes[at + 12];
        boolean sized =
                width > 0
                        && height > 0
                        && width <= Integer.MAX_VALUE
                        && height <= Integer.MAX_VALUE;
        if (!sized
                || bytes[at + 10] != 0
                || bytes[at + 11] != 0
                || interlace < 0
                || interlace > 1) {
            throw new IIOException(
                    "IHDR: %dx%d, compression %d, filter %d, interlace %d (expected: above 0, 0, 0, 0..1)"
                            .formatted(width, height, bytes[at + 10], bytes[at + 11], interlace));
        }
        boolean known =
                switch (colour) {
                    case GREY ->
                            depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                    case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                    case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
                    default -> false;
                };
        if (!known) {
            throw new IIOException("IHDR: colour type %d of %d bits".formatted(colour, depth));
        }
        return new PngHeader((int) width, (int) height, depth, colour, interlace == 1);
    }

    /** Samples of a pixel. */
    int samples() {
        return switch (colour) {
            case RGB -> 3;
            case GREY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
    }

    int pixelBits() {
        return samples() * depth;
    }

    /** Bytes of a row of so many pixels, without its filter. */
    int rowBytes(int pixels) {
        return Math.toIntExact(((long) pixels * pixelBits() + 7) / 8);
    }
}
