package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parsed headers before the first scan of a common JPEG: 8-bit samples, Huffman coding, one or
 * three components, each subsampled by a whole number relative to the finest.
 */
final class JpegFrame {
    static final int SEQUENTIAL = 0xc0;
    static final int EXTENDED = 0xc1;
    static final int PROGRESSIVE = 0xc2;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int QUANTIZATION = 0xdb;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int MOST_SAMPLING = 4;
    private static final int MOST_BLOCKS = 10;

    /**
     * One colour.
     *
     * @param id that scans refer to
     * @param across its sampling factor in a row
     * @param down its sampling factor in a column
     * @param quantization the number of its table
     */
    record Colour(int id, int across, int down, int quantization) {}

    private static final int TABLES = 4;

    private final byte[] segments;

    /** Offset of each Huffman table, DC tables first, then AC; 0 if absent. */
    private final int[] codesAt = new int[2 * TABLES];

    private final @Nullable JpegCodes[] codes = new JpegCodes[2 * TABLES];

    /** Each of 64 factors, in the order of the zigzag. */
    final int[] @Nullable [] quantization = new int[TABLES][];

    Colour[] colours = {};
    int process;
    int width;
    int height;
    int restartInterval;
    int mostAcross = 1;
    int mostDown = 1;

    private JpegFrame(byte[] segments) {
        this.segments = segments;
    }

    /**
     * Reads the segments before the first scan.
     *
     * @param segments each with its marker
     * @return null for an unsupported or malformed JPEG
     */
    static @Nullable JpegFrame of(byte[] segments) {
        try {
            JpegFrame frame = new JpegFrame(segments);
            int at = 0;
            while (at < segments.length) {
                int length = Bytes.big16(segments, at + 2);
                if (!frame.segment(at, at + 2 + length)) {
                    return null;
                }
                at += 2 + length;
            }
            return frame.isUsable() ? frame : null;
        } catch (EOFException e) {
            return null;
        }
    }

    /** MCUs per row. */
    int mcusAcross() {
        return ceilDiv(width, 8 * mostAcross);
    }

    /** MCUs per column. */
    int mcusDown() {
        return ceilDiv(height, 8 * mostDown);
    }

    /** Number of parts into which restart markers divide an interleaved scan. */
    int parts() {
        int mcus = mcusAcross() * mcusDown();
        return restartInterval == 0 ? 1 : ceilDiv(mcus, restartInterval);
    }

    /** The quantization table of a component, in zigzag order. */
    int[] factors(Colour colour) {
        int[] table = quantization[colour.quantization()];
        if (table == null) {
            throw new IllegalStateException("quantization table: missing");
        }
        return table;
    }

    static int ceilDiv(int number, int divisor) {
        return (number + divisor - 1) / divisor;
    }

    /**
     * Returns the DC Huffman table of a number, 0 to 3. Tables are built only when a scan uses
     * them: a file may have thousands.
     *
     * @return null if absent or malformed
     */
    @Nullable JpegCodes dc(int number) {
        return codes(number, true);
    }

    /** Returns the AC Huffman table of a number, in the same way. */
    @Nullable JpegCodes ac(int number) {
        return codes(TABLES + number, false);
    }

    private @Nullable JpegCodes codes(int which, boolean isDc) {
        JpegCodes known = codes[which];
        if (known == null && codesAt[which] > 0) {
            known = JpegCodes.of(segments, codesAt[which], isDc);
            codes[which] = known;
        }
        return known;
    }

    /** Reads one segment; false if it is not supported. */
    private boolean segment(int at, int end) throws EOFException {
        int marker = Bytes.at(segments, at + 1);
        Bytes.check(segments, at, (long) end - at);
        if (marker == HUFFMAN_TABLES) {
            return tables(at + 4, end);
        } else if (marker == QUANTIZATION) {
            return factors(at + 4, end);
        } else if (marker == RESTART_INTERVAL) {
            restartInterval = Bytes.big16(segments, at + 4);
            return end == at + 6;
        }
        // One frame; anything else, such as arithmetic coding, is not supported.
        return marker >= SEQUENTIAL && marker <= PROGRESSIVE && process == 0 && frame(at, end);
    }

    private boolean tables(int from, int end) throws EOFException {
        int at = from;
        while (at < end) {
            int id = Bytes.at(segments, at);
            int count = 0;
            for (int i = 1; i <= 16; i++) {
                count += Bytes.at(segments, at + i);
            }
            if ((id & 0xef) >= TABLES || count > 256 || at + 17 + count > end) {
                return false;
            }
            int which = (id >> 4) * TABLES + (id & 3);
            codesAt[which] = at + 1;
            at += 17 + count;
        }
        return true;
    }

    private boolean factors(int from, int end) throws EOFException {
        int at = from;
        while (at < end) {
            int id = Bytes.at(segments, at++);
            int size = id < 16 ? 1 : 2;
            if ((id & 0xef) >= TABLES || id > 0x1f || at + 64 * size > end) {
                return false;
            }
            int[] table = new int[64];
            for (int k = 0; k < 64; k++, at += size) {
                table[k] = size == 1 ? Bytes.at(segments, at) : Bytes.big16(segments, at);
            }
            quantization[id & 3] = table;
        }
        return true;
    }

    private boolean frame(int from, int end) throws EOFException {
        int at = from + 4;
        process = Bytes.at(segments, from + 1);
        height = Bytes.big16(segments, at + 1);
        width = Bytes.big16(segments, at + 3);
        colours = new Colour[Bytes.at(segments, at + 5)];
        if (Bytes.at(segments, at) != 8 || end != at + 6 + 3 * colours.length) {
            return false;
        }
        for (int i = 0; i < colours.length; i++) {
            int sampling = Bytes.at(segments, at + 7 + 3 * i);
            boolean isOnly = colours.length == 1;
            colours[i] =
                    new Colour(
                            Bytes.at(segments, at + 6 + 3 * i),
                            isOnly ? 1 : sampling >> 4,
                            isOnly ? 1 : sampling & 15,
                            Bytes.at(segments, at + 8 + 3 * i));
            if (isOnly && ((sampling >> 4) > MOST_SAMPLING || (sampling & 15) > MOST_SAMPLING)) {
                return false;
            }
            mostAcross = Math.max(mostAcross, colours[i].across());
            mostDown = Math.max(mostDown, colours[i].down());
        }
        return true;
    }

    private boolean isUsable() {
        int blocks = 0;
        Set<Integer> ids = new HashSet<>();
        for (Colour each : colours) {
            if (each.across() < 1
                    || each.down() < 1
                    || mostAcross > MOST_SAMPLING
                    || mostDown > MOST_SAMPLING
                    || mostAcross % each.across() > 0
                    || mostDown % each.down() > 0
                    || each.quantization() >= TABLES
                    || quantization[each.quantization()] == null
                    || !ids.add(each.id())) {
                return false;
            }
            blocks += each.across() * each.down();
        }
        return width > 0
                && height > 0
                && (colours.length == 1 || colours.length == 3)
                && blocks <= MOST_BLOCKS;
    }
}
