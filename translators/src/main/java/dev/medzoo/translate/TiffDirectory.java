package dev.medzoo.translate;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first directory of a TIFF file (TIFF 6.0, section 2), which is also what EXIF is. Only what a
 * check needs is read: where the pixels lie, and the orientation.
 */
final class TiffDirectory {
    private static final int ORIENTATION = 274;
    private static final int STRIP_OFFSETS = 273;
    private static final int STRIP_BYTE_COUNTS = 279;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTE_COUNTS = 325;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRY_BYTES = 12;

    private final ByteBuffer tiff;
    private final int start;
    private final int entries;

    private TiffDirectory(ByteBuffer tiff, int start, int entries) {
        this.tiff = tiff;
        this.start = start;
        this.entries = entries;
    }

    /**
     * @param offset of the byte order mark, from which a TIFF counts
     * @param length of the TIFF in bytes
     */
    static TiffDirectory of(byte[] bytes, int offset, int length) throws IOException {
        Bytes.check(bytes, offset, length);
        ByteBuffer tiff = ByteBuffer.wrap(bytes, offset, length).slice();
        boolean little = Bytes.has(bytes, offset, "II");
        tiff.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        check(tiff, 4, 4);
        long start = Integer.toUnsignedLong(tiff.getInt(4));
        check(tiff, start, 2);
        int entries = Short.toUnsignedInt(tiff.getShort((int) start));
        check(tiff, start + 2, (long) ENTRY_BYTES * entries);
        return new TiffDirectory(tiff, (int) start + 2, entries);
    }

    /** The orientation of an EXIF block; upright where the block is broken or says nothing. */
    static int orientation(byte[] bytes, int offset, int length) {
        try {
            return of(bytes, offset, length).orientation();
        } catch (IOException broken) {
            return Orientation.UPRIGHT;
        }
    }

    /** 1 to 8; upright where the directory says nothing of use. */
    int orientation() throws IOException {
        long[] values = values(ORIENTATION);
        boolean known = values.length == 1 && values[0] >= 1 && values[0] <= 8;
        return known ? (int) values[0] : Orientation.UPRIGHT;
    }

    /** Refuses a file that does not hold all the strips or tiles it promises. */
    void checkStrips() throws IOException {
        checkInside(values(STRIP_OFFSETS), values(STRIP_BYTE_COUNTS));
        checkInside(values(TILE_OFFSETS), values(TILE_BYTE_COUNTS));
    }

    private void checkInside(long[] offsets, long[] lengths) throws EOFException {
        for (int i = 0; i < Math.min(offsets.length, lengths.length); i++) {
            check(tiff, offsets[i], lengths[i]);
        }
    }

    /** The whole numbers of a tag; none where the tag is absent or holds something else. */
    private long[] values(int tag) throws IOException {
        for (int at = start; at < start + ENTRY_BYTES * entries; at += ENTRY_BYTES) {
            int type = Short.toUnsignedInt(tiff.getShort(at + 2));
            if (Short.toUnsignedInt(tiff.getShort(at)) != tag || (type != SHORT && type != LONG)) {
                continue;
            }
            int size = type == SHORT ? 2 : 4;
            long count = Integer.toUnsignedLong(tiff.getInt(at + 4));
            boolean inline = count * size <= 4;
            long from = inline ? at + 8 : Integer.toUnsignedLong(tiff.getInt(at + 8));
            check(tiff, from, count * size);
            long[] values = new long[(int) count];
            for (int i = 0; i < values.length; i++) {
                int place = (int) from + i * size;
                values[i] =
                        type == SHORT
                                ? Short.toUnsignedLong(tiff.getShort(place))
                                : Integer.toUnsignedLong(tiff.getInt(place));
            }
            return values;
        }
        return new long[0];
    }

    private static void check(ByteBuffer tiff, long offset, long length) throws EOFException {
        if (offset + length > tiff.limit()) {
            throw new EOFException("%d bytes at %d of %d".formatted(length, offset, tiff.limit()));
        }
    }
}
