package dev.medzoo.translate.decode.dicom;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;

/**
 * Decodes the run-length coding of one frame (PS3.5 annex G): for each sample of a pixel one
 * segment per byte, the more significant first.
 */
final class Rle {
    private static final int HEADER_BYTES = 64;

    private Rle() {}

    /** Decodes the words of one frame, interleaved by pixel. */
    static short[] words(byte[] frame, ImagePixel pixel) throws IOException {
        int samples = pixel.photometric().samples();
        int bytesASample = pixel.bitsAllocated() / Byte.SIZE;
        int segments = samples * bytesASample;
        if (frame.length < HEADER_BYTES) {
            throw new EOFException("RLE header of %d bytes".formatted(frame.length));
        }
        if (LittleEndian.int32(frame, 0) != segments) {
            throw new IIOException(
                    "%d RLE segments (expected: %d)"
                            .formatted(LittleEndian.int32(frame, 0), segments));
        }
        short[] words = new short[pixel.samples()];
        for (int i = 0; i < segments; i++) {
            long from = LittleEndian.int32(frame, 4 + 4 * i);
            long to = i + 1 < segments ? LittleEndian.int32(frame, 8 + 4 * i) : frame.length;
            if (from < HEADER_BYTES || to < from || to > frame.length) {
                throw new IIOException("RLE segment %d outside its frame".formatted(i));
            }
            unpack(frame, (int) from, (int) to, words, i / bytesASample, samples);
        }
        return words;
    }

    /** Shifts the bytes of one segment into every {@code step}-th word. */
    private static void unpack(byte[] in, int from, int to, short[] words, int first, int step)
            throws EOFException {
        int at = from;
        int out = first;
        while (out < words.length) {
            if (at + 1 >= to) {
                throw new EOFException("RLE segment for fewer pixels than there are");
            }
            int count = in[at++];
            boolean isRun = count < 0;
            // -128 is no operation, and nothing follows it.
            int length = count == Byte.MIN_VALUE ? 0 : isRun ? 1 - count : 1 + count;
            if (!isRun && length > to - at) {
                throw new EOFException("RLE segment for fewer pixels than there are");
            }
            for (int i = 0; i < length && out < words.length; i++, out += step) {
                int next = in[isRun ? at : at + i] & 0xff;
                words[out] = (short) (words[out] << Byte.SIZE | next);
            }
            at += count == Byte.MIN_VALUE ? 0 : isRun ? 1 : length;
        }
    }
}
