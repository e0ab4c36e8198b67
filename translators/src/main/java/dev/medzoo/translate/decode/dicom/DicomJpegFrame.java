package dev.medzoo.translate.decode.dicom;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;

/**
 * Converts a sequential JPEG frame to a JPEG that states its own colour space. The photometric
 * interpretation defines the colours (PS3.5 section 8.2.1) unless the frame has an Adobe marker; in
 * the result the Adobe marker alone does.
 */
final class DicomJpegFrame {
    private static final int START_OF_SCAN = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;
    private static final int LEAST_MARKER = 0xc0;
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    private static final int TRANSFORM_AT = 11;

    private final byte[] frame;
    private final int width;
    private final int height;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int transform;

    private DicomJpegFrame(byte[] frame, boolean isRgb, int width, int height) {
        this.frame = frame;
        this.width = width;
        this.height = height;
        transform = isRgb ? 0 : 1;
    }

    /**
     * Returns the frame as a JPEG that states its own colour space.
     *
     * @param isRgb whether the colours are RGB by the photometric interpretation, else YCbCr
     * @param width in pixels that it must have
     * @param height in pixels that it must have
     */
    static byte[] withColours(byte[] frame, boolean isRgb, int width, int height)
            throws IOException {
        return new DicomJpegFrame(frame, isRgb, width, height).rewrite();
    }

    private byte[] rewrite() throws IOException {
        if (number(0) != 0xffd8) {
            throw new IIOException("a frame that is not a JPEG");
        }
        int at = 2;
        while (true) {
            while (number(at) < 0xff00 + LEAST_MARKER || number(at) == 0xffff) {
                at++;
            }
            int marker = number(at) & 0xff;
            if (marker == START_OF_SCAN) {
                return complete(at);
            }
            int length = number(at + 2);
            if (length < 2 || length > frame.length - at - 2) {
                throw new EOFException("JPEG segment of %d bytes".formatted(length));
            }
            segment(marker, at, length);
            at += 2 + length;
        }
    }

    private void segment(int marker, int at, int length) throws IOException {
        if (marker == APP14 && length >= 14 && isAdobe(at + 4)) {
            transform = frame[at + 4 + TRANSFORM_AT] == 0 ? 0 : 1;
        }
        if (marker == COMMENT || (marker >= APP0 && marker <= APP15)) {
            return;
        }
        boolean isFrame = marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (isFrame && length >= 8) {
            check(frame[at + 4] & 0xff, number(at + 7), number(at + 5));
        }
        out.write(frame, at, 2 + length);
    }

    private void check(int bits, int itsWidth, int itsHeight) throws IOException {
        if (bits != Byte.SIZE) {
            throw new UnreadDicomException(
                    "DICOM with a JPEG of %d bits a sample (expected: 8, or lossless)"
                            .formatted(bits));
        }
        if (itsWidth != width || itsHeight != height) {
            throw new IIOException(
                    "JPEG of %dx%d pixels (expected: %dx%d)"
                            .formatted(itsWidth, itsHeight, width, height));
        }
    }

    private boolean isAdobe(int at) {
        for (int i = 0; i < ADOBE.length; i++) {
            if (frame[at + i] != ADOBE[i]) {
                return false;
            }
        }
        return true;
    }

    private byte[] complete(int scan) {
        ByteArrayOutputStream complete = new ByteArrayOutputStream(frame.length + 32);
        complete.writeBytes(
                new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) APP14, 0, 14});
        complete.writeBytes(ADOBE);
        complete.writeBytes(new byte[] {0, 100, 0, 0, 0, 0, (byte) transform});
        complete.writeBytes(out.toByteArray());
        complete.write(frame, scan, frame.length - scan);
        return complete.toByteArray();
    }

    private int number(int at) throws EOFException {
        if (at + 2 > frame.length) {
            throw new EOFException("JPEG of %d bytes without a scan".formatted(frame.length));
        }
        return (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
    }
}
