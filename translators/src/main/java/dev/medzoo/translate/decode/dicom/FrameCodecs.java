package dev.medzoo.translate.decode.dicom;

import java.io.IOException;

/**
 * The decoders of compressed frames. Each refuses a codestream whose size or count of samples is
 * not the one asked for.
 */
public interface FrameCodecs {
    /**
     * Decodes a JPEG of 8 bits a sample (ITU-T T.81, processes 1 and 2).
     *
     * @param jpeg whose Adobe marker, if any, alone tells RGB from YCbCr
     * @return three bytes a pixel, red, green and blue; grey is repeated
     */
    byte[] sequentialJpeg(byte[] jpeg, int width, int height) throws IOException;

    /**
     * Decodes a lossless JPEG (ITU-T T.81, process 14).
     *
     * @param samples a pixel
     * @return {@code samples} words a pixel, unsigned, in up to 16 bits
     */
    short[] losslessJpeg(byte[] jpeg, int width, int height, int samples) throws IOException;

    /**
     * Decodes a bare codestream of JPEG 2000 (ITU-T T.800) and undoes its colour transform.
     *
     * @param samples a pixel
     * @return {@code samples} words a pixel; signed ones in two's complement
     */
    short[] jpeg2000(byte[] codestream, int width, int height, int samples) throws IOException;
}
