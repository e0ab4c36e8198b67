package dev.medzoo.batch.slide;

import java.io.ByteArrayOutputStream;

/** Takes a JPEG apart into the tables that tiles may share and the rest, as TIFF keeps them. */
final class JpegParts {
    private static final int CODES = 0xc4;
    private static final int QUANTIZATION = 0xdb;
    private static final int APP0 = 0xe0;
    private static final int START_OF_SCAN = 0xda;

    private JpegParts() {}

    /** The tables alone, between the first marker and the last. */
    static byte[] tables(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        copy(jpeg, true, out);
        out.write(0xff);
        out.write(0xd9);
        return out.toByteArray();
    }

    /** Everything but tables and JFIF's marker. */
    static byte[] withoutTables(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        int scan = copy(jpeg, false, out);
        out.write(jpeg, scan, jpeg.length - scan);
        return out.toByteArray();
    }

    private static int copy(byte[] jpeg, boolean tables, ByteArrayOutputStream out) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != START_OF_SCAN) {
            int marker = jpeg[at + 1] & 0xff;
            int length = 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
            boolean isTable = marker == CODES || marker == QUANTIZATION;
            if (isTable == tables && marker != APP0) {
                out.write(jpeg, at, length);
            }
            at += length;
        }
        return at;
    }
}
