package dev.medzoo.translate.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the coefficients of a JPEG with several scans. The JDK's reader computes all pixels again
 * for each scan; this class visits only the coefficients that a scan changes.
 */
final class JpegCoefficients {
    private static final int SEQUENTIAL = 0xc0;
    private static final int PROGRESSIVE = 0xc2;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int QUANTIZATION = 0xdb;
    private static final int RESTART_INTERVAL = 0xdd;
    private static final int MOST_BLOCKS = 10;

    /** Cost of a scan: per block visited, and per coefficient in a block. */
    private static final double WORK_OF_BLOCK = 0.2;

    private static final double WORK_OF_COEFFICIENT = 0.2;

    private final byte[] bytes;
    private final Budget budget;

    /** Last coefficient needed of each component; empty if all are needed. */
    private final int[] wanted;

    private final ByteArrayOutputStream segments = new ByteArrayOutputStream();
    private final @Nullable JpegCode[] dc = new JpegCode[4];
    private final @Nullable JpegCode[] ac = new JpegCode[4];
    private final List<JpegComponent> components = new ArrayList<>();
    private boolean isProgressive;
    private int mcusAcross;
    private int mcusDown;
    private int restartInterval;

    private JpegCoefficients(byte[] bytes, int[] wanted, Budget budget) {
        this.bytes = bytes;
        this.wanted = wanted;
        this.budget = budget;
    }

    /**
     * Reads those of a whole file.
     *
     * @param bytes from the first marker to the last
     * @param wanted last coefficient needed of each component, in zigzag order; if it is the first,
     *     the others are skipped; empty if all are needed
     * @return null if the scans leave coefficients out
     */
    static @Nullable JpegCoefficients read(byte[] bytes, int[] wanted, Budget budget)
            throws IOException {
        JpegCoefficients all = new JpegCoefficients(bytes, wanted, budget);
        all.read();
        return all.isKnown() ? all : null;
    }

    /** In the order of the frame. */
    List<JpegComponent> components() {
        return components;
    }

    int mcusAcross() {
        return mcusAcross;
    }

    int mcusDown() {
        return mcusDown;
    }

    /** The segments for a one-scan file with the same coefficients, without its Huffman tables. */
    byte[] segments() {
        return segments.toByteArray();
    }

    /** Whether frames with this marker are supported. */
    static boolean reads(int marker) {
        return marker >= SEQUENTIAL && marker <= PROGRESSIVE;
    }

    private void read() throws IOException {
        segments.write(bytes, 0, 2);
        int at = 2;
        while (true) {
            while (Bytes.at(bytes, at) != 0xff
                    || Bytes.at(bytes, at + 1) == 0xff
                    || Bytes.at(bytes, at + 1) == 0) {
                at++;
            }
            int marker = Bytes.at(bytes, at + 1);
            if (marker == END_OF_IMAGE) {
                break;
            }
            if (marker >= 0xd0 && marker <= 0xd7) {
                at += 2;
                continue;
            }
            int length = Bytes.big16(bytes, at + 2);
            Bytes.check(bytes, at + 2, Math.max(2, length));
            at = segment(marker, at, length);
        }
    }

    /** Reads a segment; returns the offset of the next. */
    private int segment(int marker, int at, int length) throws IOException {
        int end = at + 2 + length;
        if (marker == START_OF_SCAN) {
            return scan(at + 4, end);
        }
        if (marker == HUFFMAN_TABLES) {
            tables(at + 4, end);
        } else if (marker == RESTART_INTERVAL) {
            restartInterval = Bytes.big16(bytes, at + 4);
        } else if (JpegFile.isFrame(marker)) {
            frame(marker, at + 4);
            segments.write(bytes, at, 1);
            // Extended sequential: two tables of each kind would not do, but here is one.
            segments.write(0xc1);
            segments.write(bytes, at + 2, length);
        } else if (marker == QUANTIZATION && !components.isEmpty()) {
            throw new IIOException("quantization table between scans");
        } else {
            segments.write(bytes, at, 2 + length);
        }
        return end;
    }

    private void tables(int from, int end) throws IOException {
        int at = from;
        while (at + 17 <= end) {
            int id = Bytes.at(bytes, at);
            int count = 0;
            for (int i = 1; i <= 16; i++) {
                count += Bytes.at(bytes, at + i);
            }
            if ((id & 0xef) > 3 || count > 256 || at + 17 + count > end) {
                throw new IIOException("Bogus DHT");
            }
            (id < 16 ? dc : ac)[id & 3] = new JpegCode(bytes, at + 1, count);
            at += 17 + count;
        }
    }

    private void frame(int marker, int at) throws IOException {
        if (!components.isEmpty() || Bytes.at(bytes, at) != 8) {
            throw new IIOException("a second frame, or samples of other than 8 bits");
        }
        isProgressive = marker == PROGRESSIVE;
        int height = Bytes.big16(bytes, at + 1);
        int width = Bytes.big16(bytes, at + 3);
        int count = Bytes.at(bytes, at + 5);
        int mostAcross = 1;
        int mostDown = 1;
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            int sampling = Bytes.at(bytes, at + 7 + 3 * i);
            if ((sampling >> 4) < 1
                    || sampling >> 4 > 4
                    || (sampling & 15) < 1
                    || (sampling & 15) > 4) {
                throw new IIOException("Bogus sampling factors");
            }
            mostAcross = Math.max(mostAcross, sampling >> 4);
            mostDown = Math.max(mostDown, sampling & 15);
            blocks += (sampling >> 4) * (sampling & 15);
        }
        if (blocks > MOST_BLOCKS && count > 1) {
            throw new IIOException("Sampling factors too large for interleaved scan");
        }
        mcusAcross = ceilDiv(width, 8 * mostAcross);
        mcusDown = ceilDiv(height, 8 * mostDown);
        budget.memory(
                "JPEG of %dx%d pixels in several scans".formatted(width, height),
                128.0 * mcusAcross * mcusDown * blocks + 3.0 * width * height);
        for (int i = 0; i < count; i++) {
            int sampling = Bytes.at(bytes, at + 7 + 3 * i);
            int across = count == 1 ? 1 : sampling >> 4;
            int down = count == 1 ? 1 : sampling & 15;
            int ownAcross = ceilDiv(ceilDiv(width * (sampling >> 4), mostAcross), 8);
            int ownDown = ceilDiv(ceilDiv(height * (sampling & 15), mostDown), 8);
            if (count == 1) {
                mcusAcross = ownAcross;
                mcusDown = ownDown;
            }
            components.add(
                    new JpegComponent(
                            Bytes.at(bytes, at + 6 + 3 * i),
                            across,
                            down,
                            mcusAcross,
                            mcusDown,
                            ownAcross,
                            ownDown,
                            isOnlyFirst(i) ? 1 : 64));
        }
    }

    /** Whether only the DC coefficients of a component are needed. */
    private boolean isOnlyFirst(int component) {
        return isProgressive && component < wanted.length && wanted[component] == 0;
    }

    private int scan(int at, int from) throws IOException {
        int count = Bytes.at(bytes, at);
        List<JpegComponent> of = new ArrayList<>();
        int[] codes = new int[count];
        for (int i = 0; i < count; i++) {
            int id = Bytes.at(bytes, at + 1 + 2 * i);
            codes[i] = Bytes.at(bytes, at + 2 + 2 * i);
            of.add(component(id));
            if ((codes[i] & 0xcc) != 0) {
                throw new IIOException("Huffman table was not defined");
            }
        }
        int first = isProgressive ? Bytes.at(bytes, at + 1 + 2 * count) : 0;
        int last = isProgressive ? Bytes.at(bytes, at + 2 + 2 * count) : 63;
        int bitsKnown = isProgressive ? Bytes.at(bytes, at + 3 + 2 * count) : 0;
        int high = bitsKnown >> 4;
        int low = bitsKnown & 15;
        note(of, first, last, high, low);
        int end = JpegScans.dataEnd(bytes, from, bytes.length);
        charge(of, first, last);
        if (first > 0 && of.get(0).size == 1) {
            return end;
        }
        JpegBits bits = new JpegBits(bytes, from, end);
        JpegScanReader reader = new JpegScanReader(bits, isProgressive, first, last, high, low);
        of.forEach(each -> each.predicted = 0);
        if (of.size() == 1) {
            one(of.get(0), codes[0], reader);
        } else {
            several(of, codes, reader);
        }
        return end;
    }

    private JpegComponent component(int id) throws IIOException {
        return components.stream()
                .filter(each -> each.id == id)
                .findFirst()
                .orElseThrow(
                        () -> new IIOException("Invalid component ID %d in SOS".formatted(id)));
    }

    /** Refuses a scan that repeats known bits, or refines unknown ones. */
    private void note(List<JpegComponent> of, int first, int last, int high, int low)
            throws IOException {
        boolean isDc = first == 0;
        boolean isKnown = !isProgressive || (isDc ? last == 0 : last >= first && of.size() == 1);
        if (of.isEmpty()
                || of.size() > 4
                || last > 63
                || !isKnown
                || low > 13
                || (high > 0 && low != high - 1)) {
            throw new IIOException(
                    "scan of coefficients %d to %d, bits %d to %d"
                            .formatted(first, last, high, low));
        }
        for (JpegComponent each : of) {
            boolean isFirst = !isDc && each.knownBits[0] < 0;
            for (int k = first; k <= last; k++) {
                isFirst |= Math.max(0, each.knownBits[k]) != high;
                isFirst |= high == 0 && each.knownBits[k] >= 0;
                each.knownBits[k] = low;
            }
            if (isFirst) {
                throw new DamagedException("Inconsistent progression sequence");
            }
        }
    }

    /** Whether every coefficient is known to its last bit; libjpeg guesses the others. */
    private boolean isKnown() throws IOException {
        if (components.isEmpty()) {
            throw new IIOException("no frame");
        }
        return components.stream()
                .allMatch(each -> Arrays.stream(each.knownBits).allMatch(bits -> bits == 0));
    }

    private void charge(List<JpegComponent> of, int first, int last) throws IOException {
        double blocks = 0;
        for (JpegComponent each : of) {
            blocks += (double) each.blocksAcross * each.blocksDown;
        }
        budget.work(
                "JPEG in several scans",
                2000 + blocks * (WORK_OF_BLOCK + WORK_OF_COEFFICIENT * (last - first + 1)));
    }

    private void one(JpegComponent component, int codes, JpegScanReader reader) throws IOException {
        int done = 0;
        for (int y = 0; y < component.ownDown; y++) {
            if ((y & 31) == 0) {
                budget.checkWanted();
            }
            for (int x = 0; x < component.ownAcross; x++) {
                restart(done++, reader);
                int block = y * component.blocksAcross + x;
                reader.block(component, block, dc[codes >> 4], ac[codes & 3]);
            }
        }
    }

    private void several(List<JpegComponent> of, int[] codes, JpegScanReader reader)
            throws IOException {
        int done = 0;
        for (int y = 0; y < mcusDown; y++) {
            budget.checkWanted();
            for (int x = 0; x < mcusAcross; x++) {
                restart(done++, reader);
                for (int i = 0; i < codes.length; i++) {
                    mcu(of.get(i), x, y, codes[i], reader);
                }
            }
        }
    }

    private void mcu(JpegComponent component, int x, int y, int codes, JpegScanReader reader)
            throws IOException {
        for (int row = 0; row < component.down; row++) {
            int start = (y * component.down + row) * component.blocksAcross + x * component.across;
            for (int column = 0; column < component.across; column++) {
                reader.block(component, start + column, dc[codes >> 4], ac[codes & 3]);
            }
        }
    }

    private void restart(int done, JpegScanReader reader) throws IOException {
        if (restartInterval > 0 && done > 0 && done % restartInterval == 0) {
            reader.restart((done / restartInterval - 1) & 7);
            components.forEach(each -> each.predicted = 0);
        }
    }

    private static int ceilDiv(int number, int divisor) {
        return (number + divisor - 1) / divisor;
    }
}
