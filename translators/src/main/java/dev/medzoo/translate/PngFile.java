package dev.medzoo.translate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/**
 * A PNG file down to the chunks that make pixels (PNG, third edition, section 5). Every chunk's CRC
 * is checked, and the last chunk must be there. Text and profiles, which may unpack to any size,
 * are left out unseen.
 */
final class PngFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int FRAME_BYTES = 12;

    private PngFile() {}

    static BareFile open(byte[] bytes) throws IOException {
        ByteArrayOutputStream bare = new ByteArrayOutputStream(bytes.length);
        bare.write(bytes, 0, SIGNATURE_BYTES);
        int orientation = Orientation.UPRIGHT;
        int at = SIGNATURE_BYTES;
        boolean ended = false;
        while (!ended) {
            long length = Bytes.big32(bytes, at);
            Bytes.check(bytes, at, length + FRAME_BYTES);
            int chunk = (int) length + FRAME_BYTES;
            checkCrc(bytes, at, chunk);
            if (Bytes.has(bytes, at + 4, "eXIf")) {
                orientation = TiffDirectory.orientation(bytes, at + 8, (int) length);
            }
            if (isPixels(bytes, at + 4)) {
                bare.write(bytes, at, chunk);
            }
            ended = Bytes.has(bytes, at + 4, "IEND");
            at += chunk;
        }
        return new BareFile(bare.toByteArray(), orientation);
    }

    /** Critical chunks have a capital first letter; of the others only transparency counts. */
    private static boolean isPixels(byte[] bytes, int name) {
        return Character.isUpperCase(bytes[name]) || Bytes.has(bytes, name, "tRNS");
    }

    private static void checkCrc(byte[] bytes, int at, int chunk) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes, at + 4, chunk - 8);
        if (crc.getValue() != Bytes.big32(bytes, at + chunk - 4)) {
            throw new IIOException("damaged chunk at byte " + at);
        }
    }
}
