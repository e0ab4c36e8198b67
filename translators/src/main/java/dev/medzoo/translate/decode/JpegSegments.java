package dev.medzoo.translate.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The entropy-coded data of one JPEG scan, unstuffed: stuffed zeros are removed, and restart
 * markers become boundaries between parts. A bit reader can then load eight bytes at once.
 */
final class JpegSegments {
    /** Zeros after the last byte: more than a block can take. */
    static final int PADDING = 512;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final long ONES = 0x0101010101010101L;

    final byte[] data;
    private int parts;

    /** The end of each part in the data. */
    private int[] ends = new int[16];

    /** The number of the restart marker after each part; -1 for another marker. */
    private int[] markers = new int[16];

    private JpegSegments(int length) {
        data = new byte[length + PADDING];
    }

    /**
     * Reads the data between {@code from} and the next marker that is not a restart marker.
     *
     * @param most parts needed; later ones are dropped
     */
    static JpegSegments of(byte[] bytes, int from, int limit, int most) {
        JpegSegments segments = new JpegSegments(limit - from);
        int at = from;
        int to = 0;
        while (at < limit) {
            int next = nextFf(bytes, at, limit);
            System.arraycopy(bytes, at, segments.data, to, next - at);
            to += next - at;
            at = next;
            while (at < limit && bytes[at] == (byte) 0xff) {
                at++;
            }
            int marker = at < limit ? bytes[at++] & 0xff : 0xd9;
            if (marker == 0) {
                segments.data[to++] = (byte) 0xff;
            } else if ((marker & 0xf8) == 0xd0 && segments.parts + 1 < most) {
                segments.end(to, marker & 7);
            } else {
                break;
            }
        }
        segments.end(to, -1);
        return segments;
    }

    private void end(int at, int marker) {
        if (parts == ends.length) {
            ends = Arrays.copyOf(ends, 2 * parts);
            markers = Arrays.copyOf(markers, 2 * parts);
        }
        ends[parts] = at;
        markers[parts++] = marker;
    }

    /** Where a part begins. */
    int from(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    /** Where a part ends. */
    int to(int part) {
        return ends[part];
    }

    /** Whether the part exists and the expected marker precedes it. */
    boolean has(int part) {
        return part == 0 || (part < parts && markers[part - 1] == ((part - 1) & 7));
    }

    /** Eight bytes, the first the most significant. */
    static long long64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Offset of the next 0xff byte, or {@code limit}. */
    static int nextFf(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at <= limit - Long.BYTES; at += Long.BYTES) {
            long zeros = ~long64(bytes, at);
            long isZero = (zeros - ONES) & ~zeros & (ONES << 7);
            if (isZero != 0) {
                // A borrow may give a false hit in an earlier byte, so the bytes themselves are
                // checked.
                break;
            }
        }
        while (at < limit && bytes[at] != (byte) 0xff) {
            at++;
        }
        return at;
    }
}
