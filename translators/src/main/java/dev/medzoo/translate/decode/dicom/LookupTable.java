package dev.medzoo.translate.decode.dicom;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;

/**
 * A lookup table: modality LUT, VOI LUT (PS3.3 C.11.1.1 and C.11.2.1.1), or one colour of a palette
 * (C.7.6.3.1.5). Values outside its range take the first or last entry.
 */
final class LookupTable {
    private static final int DESCRIPTOR_BYTES = 6;
    private static final int MOST_ENTRIES = 1 << 16;

    /** Reads the entries from the data. */
    private interface Reader {
        short[] entries(byte[] bytes, Element data, int count, int bits) throws IOException;
    }

    private final int first;
    private final int bits;
    private final short[] entries;

    private LookupTable(int first, int bits, short[] entries) {
        this.first = first;
        this.bits = bits;
        this.entries = entries;
    }

    /**
     * Builds the table of a descriptor and its data.
     *
     * @param isSigned whether the first value is signed if the file does not state it
     */
    static LookupTable of(DataSet set, int descriptorTag, int dataTag, boolean isSigned)
            throws IOException {
        return of(set, descriptorTag, dataTag, isSigned, LookupTable::entries);
    }

    /** Builds the table from segmented data. */
    static LookupTable ofSegments(DataSet set, int descriptorTag, int dataTag, boolean isSigned)
            throws IOException {
        return of(set, descriptorTag, dataTag, isSigned, SegmentedTable::entries);
    }

    private static LookupTable of(
            DataSet set, int descriptorTag, int dataTag, boolean isSigned, Reader reader)
            throws IOException {
        Element descriptor = set.element(descriptorTag);
        Element data = set.element(dataTag);
        if (descriptor == null || data == null || descriptor.length() < DESCRIPTOR_BYTES) {
            throw new IIOException("no lookup table in " + Tag.text(dataTag));
        }
        int stated = LittleEndian.int16(set.bytes(), descriptor.at());
        int count = stated == 0 ? MOST_ENTRIES : stated;
        int first = LittleEndian.int16(set.bytes(), descriptor.at() + 2);
        int bits = LittleEndian.int16(set.bytes(), descriptor.at() + 4);
        if (bits < 1 || bits > Short.SIZE) {
            throw new IIOException(
                    "lookup table of %d bits (expected: at most 16)".formatted(bits));
        }
        int signedFirst = descriptor.isSigned(isSigned) ? (short) first : first;
        return new LookupTable(signedFirst, bits, reader.entries(set.bytes(), data, count, bits));
    }

    private static short[] entries(byte[] bytes, Element data, int count, int bits)
            throws IOException {
        boolean isPacked = bits <= Byte.SIZE && data.length() < 2L * count;
        long expected = isPacked ? count : 2L * count;
        if (data.length() < expected) {
            throw new EOFException(
                    "lookup table of %d bytes (expected: %d)".formatted(data.length(), expected));
        }
        int mask = (1 << bits) - 1;
        short[] entries = new short[count];
        for (int i = 0; i < count; i++) {
            int entry =
                    isPacked
                            ? bytes[data.at() + i] & 0xff
                            : LittleEndian.int16(bytes, data.at() + 2 * i);
            entries[i] = (short) (entry & mask);
        }
        return entries;
    }

    /** The entry of a value, unsigned. */
    int entry(double value) {
        double index = Math.floor(value) - first;
        return entries[(int) Math.max(0, Math.min(entries.length - 1, index))] & 0xffff;
    }

    /** The entry of a value as a fraction, in [0, 1], of the table's range. */
    double share(double value) {
        return (double) entry(value) / ((1 << bits) - 1);
    }

    /** The eight most significant bits of a value's entry. */
    byte high8(double value) {
        int entry = entry(value);
        return (byte) (bits > Byte.SIZE ? entry >> (bits - Byte.SIZE) : entry);
    }
}
