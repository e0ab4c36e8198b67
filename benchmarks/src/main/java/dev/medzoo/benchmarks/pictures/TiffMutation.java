package dev.medzoo.benchmarks.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * Changes the first directory of a TIFF, whose entries decide which codec reads which bytes how
 * often. Values are those that the format has a meaning for, and sizes near those that are allowed.
 */
final class TiffMutation {
    private static final int ENTRY = 12;

    /** A tag, and values with a meaning. */
    private static final long[][] TAGS = {
        {256, 1, 2, 16, 100, 1414, 65_500, 2_000_000},
        {257, 1, 2, 16, 100, 1414, 65_500, 2_000_000},
        {258, 1, 2, 4, 8, 12, 16, 24, 32, 64},
        {259, 1, 2, 3, 4, 5, 6, 7, 8, 32_773, 32_946, 34_712, 50_000},
        {262, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 32_844, 32_845},
        {266, 1, 2},
        {277, 1, 2, 3, 4, 5, 8, 16},
        {278, 1, 2, 8, 16, 100, 1414, 0xffffffffL},
        {284, 1, 2},
        {292, 0, 1, 2, 4, 5},
        {293, 0, 2},
        {317, 1, 2, 3},
        {322, 1, 8, 16, 64, 1024, 1424},
        {323, 1, 8, 16, 64, 1024, 1424},
        {332, 1, 2},
        {338, 0, 1, 2},
        {339, 1, 2, 3, 4},
        {530, 1, 2, 4, 0x1_0001, 0x2_0002, 0x4_0004},
    };

    private final Random random;

    TiffMutation(Random random) {
        this.random = random;
    }

    static boolean isTiff(byte[] bytes) {
        boolean isLittle = bytes.length > 16 && bytes[0] == 'I' && bytes[1] == 'I';
        boolean isBig = bytes.length > 16 && bytes[0] == 'M' && bytes[1] == 'M';
        return isLittle || isBig;
    }

    /** Changes one entry in place. */
    void change(byte[] tiff) {
        ByteBuffer bytes = ByteBuffer.wrap(tiff);
        bytes.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long start = Integer.toUnsignedLong(bytes.getInt(4));
        if (start + 2 + ENTRY > tiff.length) {
            return;
        }
        int first = (int) start + 2;
        int room = (tiff.length - first) / ENTRY;
        int entries = Math.min(room, Short.toUnsignedInt(bytes.getShort(first - 2)));
        if (entries == 0) {
            return;
        }
        int at = first + ENTRY * random.nextInt(entries);
        long[] tag = TAGS[random.nextInt(TAGS.length)];
        int found = find(bytes, first, entries, (int) tag[0]);
        switch (random.nextInt(8)) {
            case 0 -> bytes.putInt(at + 4, 1 << random.nextInt(20));
            case 1 -> bytes.putInt(at + 8, random.nextInt(tiff.length));
            case 2 -> set(bytes, at, tag);
            default -> set(bytes, found < 0 ? at : found, tag);
        }
    }

    private static int find(ByteBuffer bytes, int first, int entries, int tag) {
        for (int at = first; at < first + ENTRY * entries; at += ENTRY) {
            if (Short.toUnsignedInt(bytes.getShort(at)) == tag) {
                return at;
            }
        }
        return -1;
    }

    /** One value of 32 bits. */
    private void set(ByteBuffer bytes, int at, long[] tag) {
        bytes.putShort(at, (short) tag[0]);
        bytes.putShort(at + 2, (short) 4);
        bytes.putInt(at + 4, 1);
        bytes.putInt(at + 8, (int) tag[1 + random.nextInt(tag.length - 1)]);
    }
}
