package dev.medzoo.translate.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Puts a little-endian TIFF together: tags of whole numbers, and whatever lies behind them. */
final class Tiff {
    private final Map<Integer, long[]> tags = new TreeMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** Grey, 8 bits, not compressed. */
    static Tiff grey(int width, int height) {
        return new Tiff()
                .tag(256, width)
                .tag(257, height)
                .tag(258, 8)
                .tag(259, 1)
                .tag(262, 1)
                .tag(277, 1);
    }

    Tiff tag(int tag, long... values) {
        tags.put(tag, values);
        return this;
    }

    /** Appends bytes; their place is 8 more than what was appended before. */
    Tiff data(byte[] bytes) {
        data.writeBytes(bytes);
        return this;
    }

    /** The whole file, after whose directory comes the one at {@code next}, or none. */
    byte[] bytes(int next) {
        byte[] tiff = bytes();
        int at = 8 + data.size() + 2 + 12 * tags.size();
        ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN).putInt(at, next);
        return tiff;
    }

    /** Where the directory lies. */
    int start() {
        return 8 + data.size();
    }

    /** A single value lies in its entry. */
    private static int valueBytes(long[] values) {
        return values.length == 1 ? 0 : 4 * values.length;
    }

    byte[] bytes() {
        int start = 8 + data.size();
        int values = start + 2 + 12 * tags.size() + 4;
        int end = values + tags.values().stream().mapToInt(Tiff::valueBytes).sum();
        ByteBuffer tiff = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("II*\0".getBytes(StandardCharsets.ISO_8859_1)).putInt(start);
        tiff.put(data.toByteArray()).putShort((short) tags.size());
        int place = values;
        for (Map.Entry<Integer, long[]> tag : tags.entrySet()) {
            long[] value = tag.getValue();
            tiff.putShort((short) (int) tag.getKey()).putShort((short) 4).putInt(value.length);
            tiff.putInt(value.length == 1 ? (int) value[0] : place);
            for (int i = 0; value.length > 1 && i < value.length; i++, place += 4) {
                tiff.putInt(place, (int) value[i]);
            }
        }
        return tiff.array();
    }
}
