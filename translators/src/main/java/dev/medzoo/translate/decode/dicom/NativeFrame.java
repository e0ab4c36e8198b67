package dev.medzoo.translate.decode.dicom;

import java.io.EOFException;
import javax.imageio.IIOException;

/** Reads uncompressed pixel data as words (PS3.5 section 8.1 and annex D). */
final class NativeFrame {
    private NativeFrame() {}

    /** Size of one frame in bytes. */
    static long bytes(ImagePixel pixel) throws IIOException {
        boolean isHalved = pixel.photometric() == Photometric.YBR_FULL_422;
        if (isHalved && (pixel.columns() % 2 != 0 || pixel.bitsAllocated() != 8)) {
            throw new IIOException(
                    "YBR_FULL_422 of %d columns and %d bits (expected: an even number, and 8)"
                            .formatted(pixel.columns(), pixel.bitsAllocated()));
        }
        int samples = isHalved ? 2 : pixel.photometric().samples();
        return (long) samples * pixel.pixels() * (pixel.bitsAllocated() / Byte.SIZE);
    }

    /**
     * Reads the words of one frame, interleaved by pixel.
     *
     * @param at the frame's first byte
     * @param length bytes left for this and all later frames
     */
    static short[] words(byte[] bytes, long at, long length, ImagePixel pixel)
            throws EOFException, IIOException {
        if (length < bytes(pixel)) {
            throw new EOFException(
                    "%d bytes of pixel data (expected: %d for %dx%d pixels)"
                            .formatted(
                                    Math.max(0, length),
                                    bytes(pixel),
                                    pixel.columns(),
                                    pixel.rows()));
        }
        short[] words = new short[pixel.samples()];
        if (pixel.photometric() == Photometric.YBR_FULL_422) {
            shareColours(bytes, (int) at, words);
            return words;
        }
        int samples = pixel.photometric().samples();
        int step = pixel.isPlanar() ? samples : 1;
        boolean isWide = pixel.bitsAllocated() > Byte.SIZE;
        int from = (int) at;
        for (int plane = 0; plane < step; plane++) {
            for (int i = plane; i < words.length; i += step, from += isWide ? 2 : 1) {
                words[i] = (short) (isWide ? LittleEndian.int16(bytes, from) : bytes[from] & 0xff);
            }
        }
        return words;
    }

    /** YBR_FULL_422: two pixels of a row share their chroma, stored as Y Y Cb Cr. */
    private static void shareColours(byte[] bytes, int at, short[] words) {
        for (int to = 0, from = at; to < words.length; to += 6, from += 4) {
            for (int i = 0; i < 2; i++) {
                words[to + 3 * i] = (short) (bytes[from + i] & 0xff);
                words[to + 3 * i + 1] = (short) (bytes[from + 2] & 0xff);
                words[to + 3 * i + 2] = (short) (bytes[from + 3] & 0xff);
            }
        }
    }
}
