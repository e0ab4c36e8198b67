package dev.medzoo.batch.slide;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/** TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, the most significant bit first. */
final class LzwWriter {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int MOST_CODES = 4094;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long bits;
    private int held;
    private int width = 9;
    private int next = END + 1;

    static byte[] write(byte[] bytes) {
        return new LzwWriter().all(bytes);
    }

    private byte[] all(byte[] bytes) {
        Map<Long, Integer> codes = new HashMap<>();
        code(CLEAR);
        int prefix = -1;
        for (byte each : bytes) {
            int value = each & 0xff;
            Integer known = prefix < 0 ? Integer.valueOf(value) : codes.get(key(prefix, value));
            if (known != null) {
                prefix = known;
                continue;
            }
            code(prefix);
            codes.put(key(prefix, value), next);
            grow();
            if (next == MOST_CODES) {
                code(CLEAR);
                codes.clear();
                next = END + 1;
                width = 9;
            }
            prefix = value;
        }
        if (prefix >= 0) {
            code(prefix);
            grow();
        }
        code(END);
        if (held > 0) {
            out.write((int) (bits << (8 - held)));
        }
        return out.toByteArray();
    }

    private static long key(int prefix, int value) {
        return (long) prefix << 8 | value;
    }

    /** A reader's table is one code behind. */
    private void grow() {
        next++;
        if (next == 1 << width && width < 12) {
            width++;
        }
    }

    private void code(int code) {
        bits = bits << width | code;
        held += width;
        while (held >= 8) {
            held -= 8;
            out.write((int) (bits >> held));
        }
        bits &= (1L << held) - 1;
    }
}
