package dev.medzoo.translate;

import java.io.IOException;
import javax.imageio.IIOException;

/**
 * A WebP file (RFC 9649): that it is as long as it says, that its picture (of an animation, the
 * first frame) fills its canvas, where it is turned, and without its colour profile.
 */
final class WebpFile {
    private static final int FIRST_CHUNK = 12;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int PROFILE_FLAG = 0x20;

    private final byte[] bytes;
    private byte[] bare;
    private int orientation = Orientation.UPRIGHT;
    private String canvas = "";
    private String picture = "";

    private WebpFile(byte[] bytes) {
        this.bytes = bytes;
        bare = bytes;
    }

    static BareFile open(byte[] bytes) throws IOException {
        return new WebpFile(bytes).open();
    }

    private BareFile open() throws IOException {
        long end = Bytes.little32(bytes, 4) + 8;
        Bytes.check(bytes, 0, end);
        int at = FIRST_CHUNK;
        while (at + 8 <= end) {
            long length = Bytes.little32(bytes, at + 4);
            Bytes.check(bytes, at + 8L, length);
            chunk(at, (int) length);
            // The chunks of an animation's frame come after a header of its own.
            boolean frame = Bytes.has(bytes, at, "ANMF");
            at += 8 + (frame ? FRAME_HEADER_BYTES : (int) (length + (length & 1)));
        }
        if (!canvas.isEmpty() && !canvas.equals(picture)) {
            throw new IIOException("picture of %s in a canvas of %s".formatted(picture, canvas));
        }
        return new BareFile(bare, orientation);
    }

    private void chunk(int at, int length) throws IOException {
        int body = at + 8;
        if (Bytes.has(bytes, at, "VP8X")) {
            bare = bytes.clone();
            bare[body] &= (byte) ~PROFILE_FLAG;
            canvas = size(Bytes.little32(bytes, body + 4), Bytes.little32(bytes, body + 7), 24);
        } else if (Bytes.has(bytes, at, "ANMF") && picture.isEmpty()) {
            String frame =
                    size(Bytes.little32(bytes, body + 6), Bytes.little32(bytes, body + 9), 24);
            picture = frame.equals(canvas) ? "" : frame;
        } else if (Bytes.has(bytes, at, "VP8L") && picture.isEmpty()) {
            long sizes = Bytes.little32(bytes, body + 1);
            picture = size(sizes, sizes >> 14, 14);
        } else if (Bytes.has(bytes, at, "VP8 ") && picture.isEmpty()) {
            // Lossy sizes are stored as they are, all others one less.
            long sizes = Bytes.little32(bytes, body + 6);
            picture = size((sizes & 0x3fff) - 1, (sizes >> 16 & 0x3fff) - 1, 14);
        } else if (Bytes.has(bytes, at, "EXIF")) {
            int skip = Bytes.has(bytes, body, "Exif\0\0") ? 6 : 0;
            orientation = TiffDirectory.orientation(bytes, body + skip, length - skip);
        }
    }

    private static String size(long widthLessOne, long heightLessOne, int bits) {
        long mask = (1L << bits) - 1;
        return ((widthLessOne & mask) + 1) + "x" + ((heightLessOne & mask) + 1);
    }
}
