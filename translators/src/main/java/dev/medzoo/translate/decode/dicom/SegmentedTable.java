package dev.medzoo.translate.decode.dicom;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;

/** Expands a segmented lookup table (PS3.3 C.7.9.2). */
final class SegmentedTable {
    private static final int DISCRETE = 0;
    private static final int LINEAR = 1;
    private static final int INDIRECT = 2;

    private final byte[] bytes;
    private final Element data;
    private final int unit;
    private final short[] entries;
    private int filled;

    private SegmentedTable(byte[] bytes, Element data, int unit, int count) {
        this.bytes = bytes;
        this.data = data;
        this.unit = unit;
        entries = new short[count];
    }

    /**
     * The entries of a table.
     *
     * @param count entries that the table must have
     * @param bits of an entry; up to 8 lie in bytes, more in words of two
     */
    static short[] entries(byte[] bytes, Element data, int count, int bits) throws IOException {
        SegmentedTable table = new SegmentedTable(bytes, data, bits <= Byte.SIZE ? 1 : 2, count);
        int at = 0;
        // A single last byte is padding.
        while (at + 1 < table.units()) {
            at = table.segment(at, true);
        }
        if (table.filled != count) {
            throw new EOFException(
                    "lookup table of %d entries in segments (expected: %d)"
                            .formatted(table.filled, count));
        }
        return table.entries;
    }

    private int units() {
        return (int) data.length() / unit;
    }

    /** Expands one segment; returns the position after it, in bytes or words. */
    private int segment(int at, boolean mayBeIndirect) throws IOException {
        int kind = number(at);
        int length = number(at + 1);
        if (length == 0) {
            throw new IIOException("lookup table with a segment of no entries");
        }
        if (kind == DISCRETE) {
            for (int i = 0; i < length; i++) {
                add(number(at + 2 + i));
            }
            return at + 2 + length;
        }
        if (kind == LINEAR) {
            line(number(at + 2), length);
            return at + 3;
        }
        // Nested indirect segments could recurse without end.
        if (kind != INDIRECT || !mayBeIndirect) {
            throw new IIOException(
                    "lookup table with a segment of kind %d (expected: 0, 1 or, once, 2)"
                            .formatted(kind));
        }
        return copies(at + 2, length);
    }

    /** Expands a linear segment: from the last entry to a given one in equal steps. */
    private void line(int last, int length) throws IOException {
        if (filled == 0) {
            throw new IIOException("lookup table that begins with a linear segment");
        }
        int from = entries[filled - 1] & 0xffff;
        for (int i = 1; i <= length; i++) {
            add((int) Math.rint(from + (double) (last - from) * i / length));
        }
    }

    /** Expands an indirect segment: repeats segments at a byte offset. */
    private int copies(int at, int count) throws IOException {
        long place = 0;
        int parts = Integer.BYTES / unit;
        for (int i = parts - 1; i >= 0; i--) {
            place = (place << (Byte.SIZE * unit)) | number(at + i);
        }
        if (place % unit != 0 || place / unit >= units()) {
            throw new EOFException("lookup table with a segment that points outside");
        }
        int from = (int) (place / unit);
        for (int i = 0; i < count; i++) {
            from = segment(from, false);
        }
        return at + parts;
    }

    private int number(int at) throws EOFException {
        if (at >= units()) {
            throw new EOFException("lookup table that ends inside a segment");
        }
        int from = data.at() + unit * at;
        return unit == 1 ? bytes[from] & 0xff : LittleEndian.int16(bytes, from);
    }

    private void add(int entry) throws IIOException {
        if (filled == entries.length) {
            throw new IIOException(
                    "lookup table of more entries in segments (expected: %d)"
                            .formatted(entries.length));
        }
        entries[filled] = (short) entry;
        filled++;
    }
}
