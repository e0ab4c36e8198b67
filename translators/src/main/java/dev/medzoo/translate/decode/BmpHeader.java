package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;

/**
 * The header of a BMP: of OS/2 (12, 16 or 64 bytes) or of Windows (40 bytes and more). Colour
 * profiles, which a header may even reference as a local file, and embedded pictures of other
 * formats are not read.
 *
 * @param width in pixels, above 0
 * @param height in pixels, above 0
 * @param isTopDown whether the first row comes first in the file
 * @param bits of a pixel
 * @param compression 0 none, 1 and 2 run lengths of 8 and of 4 bits, 3 and 6 with masks
 * @param palette offset of the palette
 * @param colourBytes bytes of one palette entry
 * @param colours number of palette entries
 * @param pixels offset of the pixels
 */
record BmpHeader(
        int width,
        int height,
        boolean isTopDown,
        int bits,
        int compression,
        int palette,
        int colourBytes,
        int colours,
        int pixels) {
    static final int NONE = 0;
    static final int RUNS_8 = 1;
    static final int RUNS_4 = 2;
    static final int MASKS = 3;
    static final int ALPHA_MASKS = 6;

    private static final int INFO = 14;
    private static final int OLD_BYTES = 12;
    private static final int WINDOWS_BYTES = 40;

    static BmpHeader of(byte[] bytes) throws IOException {
        long headerBytes = Bytes.little32(bytes, INFO);
        long pixels = Bytes.little32(bytes, 10);
        Bytes.check(bytes, INFO, headerBytes);
        boolean isOld = headerBytes == OLD_BYTES;
        if (!isOld && headerBytes != 16 && headerBytes < WINDOWS_BYTES) {
            throw new IIOException("header of %d bytes".formatted(headerBytes));
        }
        int width = isOld ? little16(bytes, 18) : (int) Bytes.little32(bytes, 18);
        int height = isOld ? (short) little16(bytes, 20) : (int) Bytes.little32(bytes, 22);
        int bits = little16(bytes, isOld ? 24 : 28);
        int compression = headerBytes < WINDOWS_BYTES ? NONE : (int) Bytes.little32(bytes, 30);
        long used = headerBytes < WINDOWS_BYTES ? 0 : Bytes.little32(bytes, 46);
        if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
            throw new IIOException("%dx%d pixels".formatted(width, height));
        }
        check(bits, compression);
        boolean isMasked = compression == MASKS || compression == ALPHA_MASKS;
        int maskBytes = compression == ALPHA_MASKS ? 16 : 12;
        int palette =
                INFO
                        + (int) headerBytes
                        + (isMasked && headerBytes == WINDOWS_BYTES ? maskBytes : 0);
        int colourBytes = isOld ? 3 : 4;
        long most = bits <= 8 ? 1L << bits : 0;
        long colours = used == 0 || used > most ? most : used;
        long room = Math.max(0, Math.min(pixels, bytes.length) - palette) / colourBytes;
        if (pixels > bytes.length) {
            throw new EOFException("pixels at %d of %d".formatted(pixels, bytes.length));
        }
        return new BmpHeader(
                width,
                Math.abs(height),
                height < 0,
                bits,
                compression,
                palette,
                colourBytes,
                (int) Math.min(colours, room),
                (int) pixels);
    }

    private static void check(int bits, int compression) throws IIOException {
        boolean known =
                switch (compression) {
                    case NONE ->
                            bits == 1
                                    || bits == 4
                                    || bits == 8
                                    || bits == 16
                                    || bits == 24
                                    || bits == 32;
                    case RUNS_8 -> bits == 8;
                    case RUNS_4 -> bits == 4;
                    case MASKS, ALPHA_MASKS -> bits == 16 || bits == 32;
                    default -> false;
                };
        if (!known) {
            throw new IIOException(
                    "compression %d of %d bits (expected: none, run lengths or masks)"
                            .formatted(compression, bits));
        }
    }

    boolean isRuns() {
        return compression == RUNS_8 || compression == RUNS_4;
    }

    /** Bytes of an uncompressed row, padded to a multiple of four. */
    long rowBytes() {
        return ((long) width * bits + 31) / 32 * 4;
    }

    static int little16(byte[] bytes, int at) throws EOFException {
        return Bytes.at(bytes, at) | Bytes.at(bytes, at + 1) << 8;
    }
}
