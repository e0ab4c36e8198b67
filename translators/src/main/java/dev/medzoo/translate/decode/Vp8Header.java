package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;

/** The headers of a lossy WebP (RFC 6386, section 9), and the offsets of its partitions. */
final class Vp8Header {
    private static final int TAG_BYTES = 10;
    private static final int SEGMENTS = 4;
    private static final int Y2_LEAST = 8;
    private static final int CHROMA_MOST = 117;

    final Vp8BoolDecoder modes;
    final Vp8BoolDecoder[] coefficients;
    final int[] probabilities = Vp8Tables.defaults();
    final boolean hasSegmentMap;
    final int[] segmentProbabilities = {255, 255, 255};
    final boolean hasSkips;
    final int skipProbability;
    final boolean isSimpleFilter;
    final int sharpness;

    /** Indexed by segment, then by whether the macroblock has 4 by 4 modes. */
    final int[][] filterLevels = new int[SEGMENTS][2];

    /**
     * Quantizer steps by segment: DC and AC each of luma, of its second-order block (Y2), of
     * chroma.
     */
    final int[][] steps = new int[SEGMENTS][6];

    private boolean isAbsolute;
    private final int[] segmentQuality = new int[SEGMENTS];
    private final int[] segmentLevel = new int[SEGMENTS];

    Vp8Header(byte[] bytes, int from, int length) throws IOException {
        int end = from + length;
        int tag = Bytes.at(bytes, from) | Bytes.at(bytes, from + 1) << 8;
        tag |= Bytes.at(bytes, from + 2) << 16;
        if ((tag & 1) != 0 || !Bytes.has(bytes, from + 3, "\u009d\u0001*")) {
            throw new IIOException("VP8 without a key frame");
        }
        int first = from + TAG_BYTES;
        int second = first + (tag >> 5);
        if (length < TAG_BYTES || second > end) {
            throw new EOFException("pixels end early");
        }
        modes = new Vp8BoolDecoder(bytes, first, second);
        modes.number(2);
        boolean hasSegments = modes.flag();
        hasSegmentMap = hasSegments && readSegments();
        isSimpleFilter = modes.flag();
        int level = modes.number(6);
        sharpness = modes.number(3);
        readFilter(hasSegments, level);
        coefficients = parts(bytes, second, end, 1 << modes.number(2));
        readSteps(hasSegments);
        modes.flag();
        for (int i = 0; i < probabilities.length; i++) {
            if (modes.read(Vp8Tables.update(i))) {
                probabilities[i] = modes.number(8);
            }
        }
        hasSkips = modes.flag();
        skipProbability = hasSkips ? modes.number(8) : 0;
        modes.checkEnd();
    }

    private boolean readSegments() {
        boolean hasMap = modes.flag();
        if (modes.flag()) {
            isAbsolute = modes.flag();
            for (int i = 0; i < SEGMENTS; i++) {
                segmentQuality[i] = modes.optional(7);
            }
            for (int i = 0; i < SEGMENTS; i++) {
                segmentLevel[i] = modes.optional(6);
            }
        }
        for (int i = 0; hasMap && i < segmentProbabilities.length; i++) {
            segmentProbabilities[i] = modes.flag() ? modes.number(8) : 255;
        }
        return hasMap;
    }

    private void readFilter(boolean hasSegments, int level) {
        int ofFrame = 0;
        int ofBlocks = 0;
        boolean hasDeltas = modes.flag();
        if (hasDeltas && modes.flag()) {
            for (int i = 0; i < 4; i++) {
                int delta = modes.optional(6);
                ofFrame = i == 0 ? delta : ofFrame;
            }
            for (int i = 0; i < 4; i++) {
                int delta = modes.optional(6);
                ofBlocks = i == 0 ? delta : ofBlocks;
            }
        }
        for (int segment = 0; level > 0 && segment < SEGMENTS; segment++) {
            int base = level;
            if (hasSegments) {
                base = segmentLevel[segment] + (isAbsolute ? 0 : level);
            }
            filterLevels[segment][0] = clip(base + ofFrame, 63);
            filterLevels[segment][1] = clip(base + ofFrame + ofBlocks, 63);
        }
    }

    private static Vp8BoolDecoder[] parts(byte[] bytes, int from, int end, int count)
            throws IOException {
        int sizes = from;
        int at = from + 3 * (count - 1);
        if (at > end) {
            throw new EOFException("pixels end early");
        }
        Vp8BoolDecoder[] parts = new Vp8BoolDecoder[count];
        for (int i = 0; i < count - 1; i++) {
            int size = (int) Bytes.little32(bytes, sizes) & 0xffffff;
            sizes += 3;
            int next = Math.min(end, at + size);
            parts[i] = new Vp8BoolDecoder(bytes, at, next);
            at = next;
        }
        parts[count - 1] = new Vp8BoolDecoder(bytes, at, end);
        return parts;
    }

    private void readSteps(boolean hasSegments) {
        int base = modes.number(7);
        int lumaDc = modes.optional(4);
        int sumDc = modes.optional(4);
        int sumAc = modes.optional(4);
        int chromaDc = modes.optional(4);
        int chromaAc = modes.optional(4);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            int quality = base;
            if (hasSegments) {
                quality = segmentQuality[segment] + (isAbsolute ? 0 : base);
            }
            int[] step = steps[segment];
            step[0] = Vp8Tables.dc(quality + lumaDc, 127);
            step[1] = Vp8Tables.ac(quality);
            step[2] = 2 * Vp8Tables.dc(quality + sumDc, 127);
            step[3] = Math.max(Y2_LEAST, Vp8Tables.ac(quality + sumAc) * 155 / 100);
            step[4] = Vp8Tables.dc(quality + chromaDc, CHROMA_MOST);
            step[5] = Vp8Tables.ac(quality + chromaAc);
        }
    }

    private static int clip(int value, int most) {
        return Math.max(0, Math.min(most, value));
    }
}
