package dev.medzoo.translate.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A directory appended to a TIFF that has only the tags that pixels depend on. It is the only one
 * that a reader sees; the rest of the file stays hidden.
 */
final class StrippedTiff {
    private static final int LONG = 4;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;

    /** Size of a 16-bit palette; only the offsets of strips may be larger. */
    private static final int MOST_BYTES = 3 * 2 * 65_536;

    /** In ascending order, without the offsets of strips and tiles. */
    private static final int[] COPIED = {
        TiffTags.WIDTH,
        TiffTags.HEIGHT,
        TiffTags.BITS_PER_SAMPLE,
        TiffTags.COMPRESSION,
        TiffTags.PHOTOMETRIC,
        TiffTags.FILL_ORDER,
        TiffTags.SAMPLES_PER_PIXEL,
        TiffTags.ROWS_PER_STRIP,
        TiffTags.PLANAR_CONFIGURATION,
        TiffTags.PREDICTOR,
        TiffTags.COLOR_MAP,
        TiffTags.TILE_WIDTH,
        TiffTags.TILE_HEIGHT,
        TiffTags.INK_SET,
        TiffTags.NUMBER_OF_INKS,
        TiffTags.EXTRA_SAMPLES,
        TiffTags.SAMPLE_FORMAT,
        TiffTags.JPEG_TABLES,
        TiffTags.YCBCR_COEFFICIENTS,
        TiffTags.YCBCR_SUBSAMPLING,
        TiffTags.YCBCR_POSITIONING,
        TiffTags.REFERENCE_BLACK_WHITE
    };

    private final TiffDirectory tags;
    private final List<Entry> entries = new ArrayList<>();
    private byte[] head = new byte[0];
    private byte[] tail = new byte[0];

    /** A tag and its raw values. */
    private static final class Entry {
        private final int tag;
        private final int type;
        private final int count;
        private final byte[] value;

        Entry(int tag, int type, int count, byte[] value) {
            this.tag = tag;
            this.type = type;
            this.count = count;
            this.value = value;
        }
    }

    private StrippedTiff(TiffDirectory tags) {
        this.tags = tags;
    }

    /**
     * Makes the directory.
     *
     * @param bytes of the whole file; they are not changed
     */
    static StrippedTiff of(byte[] bytes, TiffDirectory tags, TiffLayout layout) throws IOException {
        StrippedTiff bare = new StrippedTiff(tags);
        for (int tag : COPIED) {
            bare.copy(tag);
        }
        boolean tiled = layout.isTiled();
        bare.add(tiled ? TiffTags.TILE_OFFSETS : TiffTags.STRIP_OFFSETS, layout.offsets());
        bare.add(tiled ? TiffTags.TILE_BYTE_COUNTS : TiffTags.STRIP_BYTE_COUNTS, layout.lengths());
        bare.behind(bytes);
        return bare;
    }

    /** Replaces the first bytes of the file: the offset of the directory. */
    byte[] head() {
        return head;
    }

    /** Appended to the file: the directory. */
    byte[] tail() {
        return tail;
    }

    private void copy(int tag) throws IOException {
        byte[] value = tags.raw(tag, MOST_BYTES);
        if (value.length > 0) {
            entries.add(new Entry(tag, tags.type(tag), (int) tags.count(tag), value));
        }
    }

    private void add(int tag, long[] values) {
        if (values.length > 0) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(tags.order());
            for (long value : values) {
                bytes.putInt((int) value);
            }
            entries.add(new Entry(tag, LONG, values.length, bytes.array()));
        }
    }

    private void behind(byte[] bytes) {
        entries.sort((a, b) -> Integer.compare(a.tag, b.tag));
        int start = even(bytes.length);
        head = Arrays.copyOf(bytes, HEADER_BYTES);
        ByteBuffer.wrap(head).order(tags.order()).putInt(HEADER_BYTES - 4, start);
        int at = start - bytes.length + 2;
        int place = at + ENTRY_BYTES * entries.size() + 4;
        int end = place;
        for (Entry entry : entries) {
            end += entry.value.length > 4 ? even(entry.value.length) : 0;
        }
        tail = new byte[end];
        ByteBuffer directory = ByteBuffer.wrap(tail).order(tags.order());
        directory.putShort(at - 2, (short) entries.size());
        for (Entry entry : entries) {
            directory.putShort(at, (short) entry.tag);
            directory.putShort(at + 2, (short) entry.type);
            directory.putInt(at + 4, entry.count);
            if (entry.value.length <= 4) {
                directory.put(at + 8, entry.value);
            } else {
                directory.putInt(at + 8, bytes.length + place);
                directory.put(place, entry.value);
                place += even(entry.value.length);
            }
            at += ENTRY_BYTES;
        }
    }

    private static int even(int bytes) {
        return bytes + (bytes & 1);
    }
}
