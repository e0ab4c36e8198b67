package dev.medzoo.translate;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;

/**
 * The first directory of a TIFF file (TIFF 6.0, section 2), which is also what EXIF is. Only what a
 * check needs is read: where the pixels lie, and the orientation.
 */
final class TiffDirectory {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS_PER_SAMPLE = 258;
    private static final int COMPRESSION = 259;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES_PER_PIXEL = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_BYTE_COUNTS = 279;
    private static final int PLANAR_CONFIGURATION = 284;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTE_COUNTS = 325;
    private static final int UNCOMPRESSED = 1;
    private static final int YCBCR = 6;
    private static final int PLANAR = 2;
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
        long value = value(ORIENTATION, Orientation.UPRIGHT);
        return value >= 1 && value <= 8 ? (int) value : Orientation.UPRIGHT;
    }

    /** Refuses a file that does not hold all the strips or tiles it promises. */
    void checkStrips() throws IOException {
        checkInside(values(STRIP_OFFSETS), values(STRIP_BYTE_COUNTS));
        checkInside(values(TILE_OFFSETS), values(TILE_BYTE_COUNTS));
    }

    /**
     * Whether the strips of a picture that is not compressed hold all its rows, of which the last
     * strip may have fewer. False where it is compressed, tiled or has coarser colour planes.
     */
    boolean holdsAllRows() throws IOException {
        long rows = value(HEIGHT, 0);
        long rowsOfStrip = Math.min(rows, value(ROWS_PER_STRIP, rows));
        long[] bits = values(BITS_PER_SAMPLE);
        if (value(COMPRESSION, UNCOMPRESSED) != UNCOMPRESSED
                || value(PHOTOMETRIC, YCBCR) == YCBCR
                || bits.length != value(SAMPLES_PER_PIXEL, 1)
                || rowsOfStrip < 1) {
            return false;
        }
        boolean isPlanar = value(PLANAR_CONFIGURATION, 1) == PLANAR;
        long pixelBits = isPlanar ? bits[0] : LongStream.of(bits).sum();
        long rowBytes = ceilDiv(Math.multiplyExact(value(WIDTH, 0), pixelBits), Byte.SIZE);
        long strips = ceilDiv(rows, rowsOfStrip);
        long[] lengths = values(STRIP_BYTE_COUNTS);
        if (lengths.length != strips * (isPlanar ? bits.length : 1)) {
            return false;
        }
        for (int i = 0; i < lengths.length; i++) {
            long left = rows - i % strips * rowsOfStrip;
            if (lengths[i] < Math.min(rowsOfStrip, left) * rowBytes) {
                return false;
            }
        }
        return true;
    }

    private static long ceilDiv(long number, long divisor) {
        return (number + divisor - 1) / divisor;
    }

    private void checkInside(long[] offsets, long[] lengths) throws EOFException {
        for (int i = 0; i < Math.min(offsets.length, lengths.length); i++) {
            check(tiff, offsets[i], lengths[i]);
        }
    }

    /** The only number of a tag, or another where it has none or several. */
    private long value(int tag, long other) throws IOException {
        long[] values = values(tag);
        return values.length == 1 ? values[0] : other;
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
