package dev.medzoo.benchmarks.pictures;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A little-endian TIFF under construction: what lies in it, and the tags of its directory. */
final class TiffBytes {
    private static final int HEADER = 8;

    private final Map<Integer, long[]> tags = new TreeMap<>();
    private final FileBytes data = FileBytes.little();
    private byte[] tables = new byte[0];

    /** So many samples a pixel, of so many bits each. */
    static TiffBytes of(Shape shape, int compression, int samples, int bits) {
        long[] each = new long[samples];
        Arrays.fill(each, bits);
        TiffBytes tiff = new TiffBytes();
        tiff.tag(256, shape.width()).tag(257, shape.height()).tag(258, each);
        tiff.tag(259, compression).tag(262, samples >= 3 ? 2 : 1).tag(277, samples);
        return samples == 4 ? tiff.tag(338, 2) : tiff;
    }

    TiffBytes tag(int tag, long... values) {
        tags.put(tag, values);
        return this;
    }

    /** Tables of a JPEG, which are bytes. */
    TiffBytes tables(byte[] jpeg) {
        tables = jpeg;
        return this;
    }

    /** Puts bytes down and tells where they lie. */
    long put(byte[] bytes) {
        long at = (long) HEADER + data.size();
        data.bytes(bytes);
        return at;
    }

    TiffBytes strips(int count, byte[] each) {
        return parts(273, 279, count, each);
    }

    TiffBytes tiles(int count, byte[] each) {
        return parts(324, 325, count, each);
    }

    private TiffBytes parts(int offsets, int lengths, int count, byte[] each) {
        long[] places = new long[count];
        long[] sizes = new long[count];
        for (int i = 0; i < count; i++) {
            places[i] = put(each);
            sizes[i] = each.length;
        }
        return tag(offsets, places).tag(lengths, sizes);
    }

    byte[] toBytes() {
        int entries = tags.size() + (tables.length > 0 ? 1 : 0);
        FileBytes values = FileBytes.little();
        FileBytes directory = FileBytes.little().u16(entries);
        long tablesAt = tables.length > 0 ? put(tables) : 0;
        long start = (long) HEADER + data.size();
        long valuesAt = start + 2 + 12L * entries + 4;
        for (Map.Entry<Integer, long[]> tag : tags.entrySet()) {
            if (tag.getKey() > 347) {
                tablesAt = entry(directory, tablesAt);
            }
            long[] value = tag.getValue();
            directory.u16(tag.getKey(), 4).u32(value.length);
            directory.u32(value.length == 1 ? value[0] : valuesAt + values.size());
            if (value.length != 1) {
                values.u32(value);
            }
        }
        entry(directory, tablesAt);
        return FileBytes.little()
                .text("II*\0")
                .u32(start)
                .bytes(data.toBytes())
                .bytes(directory.u32(0).toBytes())
                .bytes(values.toBytes())
                .toBytes();
    }

    private long entry(FileBytes directory, long tablesAt) {
        if (tablesAt > 0) {
            directory.u16(347, 7).u32(tables.length, tablesAt);
        }
        return 0;
    }
}
