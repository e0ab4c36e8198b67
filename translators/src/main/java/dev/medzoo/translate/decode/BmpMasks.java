package dev.medzoo.translate.decode;

import java.io.IOException;

/**
 * Bit masks of red, green, blue and alpha in a pixel of 16 or 32 bits.
 *
 * @param pixelBytes 2 or 4
 * @param alpha 0 where there is none
 */
record BmpMasks(int pixelBytes, int red, int green, int blue, int alpha) {
    private static final int AFTER_INFO = 54;
    private static final int INFO_WITH_ALPHA = 56;

    /** Reads the file's masks; without any, uses the default of 5 or 8 bits each. */
    static BmpMasks of(byte[] bytes, BmpHeader header) throws IOException {
        int pixelBytes = header.bits() / 8;
        if (header.compression() == BmpHeader.NONE) {
            return pixelBytes == 2
                    ? new BmpMasks(2, 0x7c00, 0x3e0, 0x1f, 0)
                    : new BmpMasks(4, 0xff0000, 0xff00, 0xff, 0);
        }
        boolean hasAlpha =
                header.compression() == BmpHeader.ALPHA_MASKS
                        || Bytes.little32(bytes, 14) >= INFO_WITH_ALPHA;
        return new BmpMasks(
                pixelBytes,
                (int) Bytes.little32(bytes, AFTER_INFO),
                (int) Bytes.little32(bytes, AFTER_INFO + 4),
                (int) Bytes.little32(bytes, AFTER_INFO + 8),
                hasAlpha ? (int) Bytes.little32(bytes, AFTER_INFO + 12) : 0);
    }

    /** The same masks with alpha ignored. */
    BmpMasks opaque() {
        return new BmpMasks(pixelBytes, red, green, blue, 0);
    }

    /** Whether every pixel is fully transparent, as written by programs without alpha support. */
    boolean isClear(byte[] bytes, int from, int end) {
        if (alpha == 0) {
            return false;
        }
        for (int at = from; at < end; at += pixelBytes) {
            if ((pixel(bytes, at) & alpha) != 0) {
                return false;
            }
        }
        return true;
    }

    private int pixel(byte[] bytes, int at) {
        int low = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
        return pixelBytes == 2
                ? low
                : low | (bytes[at + 2] & 0xff) << 16 | (bytes[at + 3] & 0xff) << 24;
    }

    /** Writes one row. */
    void write(byte[] bytes, int from, int pixels, byte[] rgb, int to) {
        Part r = Part.of(red);
        Part g = Part.of(green);
        Part b = Part.of(blue);
        Part a = Part.of(alpha);
        int at = from;
        int out = to;
        for (int x = 0; x < pixels; x++, at += pixelBytes) {
            int pixel = pixel(bytes, at);
            int opaque = alpha == 0 ? 255 : a.value(pixel);
            rgb[out++] = WhiteBackground.under(r.value(pixel), opaque);
            rgb[out++] = WhiteBackground.under(g.value(pixel), opaque);
            rgb[out++] = WhiteBackground.under(b.value(pixel), opaque);
        }
    }

    /** One channel's bits, scaled to 0 to 255. */
    private record Part(int shift, long most) {
        static Part of(int mask) {
            int shift = mask == 0 ? 0 : Integer.numberOfTrailingZeros(mask);
            return new Part(shift, Integer.toUnsignedLong(mask) >>> shift);
        }

        int value(int pixel) {
            if (most == 255) {
                return pixel >>> shift & 255;
            }
            long value = Integer.toUnsignedLong(pixel) >>> shift & most;
            return most == 0 ? 0 : (int) (value * 255 / most);
        }
    }
}
