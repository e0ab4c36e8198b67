package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.Arrays;

/**
 * A VP8 key frame, the content of a lossy WebP (RFC 6386): decoded macroblock by macroblock, then
 * filtered and converted to RGB.
 */
final class Vp8Frame {
    private static final int SUMS = 9;

    private final int width;
    private final int height;
    private final int across;
    private final int down;
    private final Vp8Header header;
    private final Budget budget;
    private final Vp8Plane luma;
    private final Vp8Plane blue;
    private final Vp8Plane red;
    private final Vp8Predictor lumaPredictor;
    private final Vp8Predictor bluePredictor;
    private final Vp8Predictor redPredictor;
    private final Vp8Residue residue;
    private final Vp8Filter filter;
    private final int[] modesAbove;
    private final int[] modesLeft = new int[4];
    private final int[][] filledAbove;
    private final int[] modes = new int[16];

    private Vp8Frame(byte[] bytes, int from, int length, int width, int height, Budget budget)
            throws IOException {
        this.width = width;
        this.height = height;
        this.budget = budget;
        across = (width + 15) / 16;
        down = (height + 15) / 16;
        header = new Vp8Header(bytes, from, length);
        luma = new Vp8Plane(16 * across, 16 * down);
        blue = new Vp8Plane(8 * across, 8 * down);
        red = new Vp8Plane(8 * across, 8 * down);
        lumaPredictor = new Vp8Predictor(luma.pixels, luma.stride);
        bluePredictor = new Vp8Predictor(blue.pixels, blue.stride);
        redPredictor = new Vp8Predictor(red.pixels, red.stride);
        residue = new Vp8Residue(header.probabilities);
        filter = new Vp8Filter(header, across, down);
        modesAbove = new int[4 * across];
        filledAbove = new int[across][SUMS];
    }

    /** Decodes the body of a chunk {@code VP8}. */
    static RgbPicture decode(
            byte[] bytes, int from, int length, int width, int height, Budget budget)
            throws IOException {
        return new Vp8Frame(bytes, from, length, width, height, budget).decode();
    }

    private RgbPicture decode() throws IOException {
        for (int y = 0; y < down; y++) {
            budget.checkWanted();
            Vp8BoolDecoder coefficients = header.coefficients[y & (header.coefficients.length - 1)];
            int[] filledLeft = new int[SUMS];
            Arrays.fill(modesLeft, Vp8Predictor.DC);
            for (int x = 0; x < across; x++) {
                macroblock(x, y, coefficients, filledLeft);
            }
            header.modes.checkEnd();
            coefficients.checkEnd();
        }
        filter.apply(luma, blue, red, budget);
        return new Vp8Rgb(luma, blue, red).picture(width, height, budget);
    }

    private void macroblock(int x, int y, Vp8BoolDecoder coefficients, int[] filledLeft) {
        Vp8BoolDecoder bools = header.modes;
        int segment = 0;
        if (header.hasSegmentMap) {
            int[] likely = header.segmentProbabilities;
            segment = bools.read(likely[0]) ? 2 + bools.bit(likely[2]) : bools.bit(likely[1]);
        }
        boolean isSkipped = header.hasSkips && bools.read(header.skipProbability);
        boolean hasBlocks = !bools.read(145);
        int lumaMode = hasBlocks ? readBlockModes(x) : readMode(x);
        int chromaMode = readChromaMode();
        boolean any = false;
        if (isSkipped) {
            residue.clear(filledAbove[x], filledLeft, !hasBlocks);
        } else {
            int[] steps = header.steps[segment];
            any = residue.read(coefficients, filledAbove[x], filledLeft, !hasBlocks, steps);
        }
        filter.note(x, y, segment, hasBlocks, hasBlocks || any);
        if (hasBlocks) {
            lumaBlocks(x, y);
        } else {
            luma(x, y, lumaMode);
        }
        chroma(x, y, chromaMode, bluePredictor, blue, 16);
        chroma(x, y, chromaMode, redPredictor, red, 20);
    }

    private int readMode(int x) {
        Vp8BoolDecoder bools = header.modes;
        int mode;
        if (bools.read(156)) {
            mode = bools.read(128) ? Vp8Predictor.GRADIENT : Vp8Predictor.LEFT;
        } else {
            mode = bools.read(163) ? Vp8Predictor.ABOVE : Vp8Predictor.DC;
        }
        Arrays.fill(modesAbove, 4 * x, 4 * x + 4, mode);
        Arrays.fill(modesLeft, mode);
        return mode;
    }

    private int readChromaMode() {
        Vp8BoolDecoder bools = header.modes;
        if (!bools.read(142)) {
            return Vp8Predictor.DC;
        }
        if (!bools.read(114)) {
            return Vp8Predictor.ABOVE;
        }
        return bools.read(183) ? Vp8Predictor.GRADIENT : Vp8Predictor.LEFT;
    }

    private int readBlockModes(int x) {
        for (int i = 0; i < 16; i++) {
            int column = 4 * x + (i & 3);
            int mode = blockMode(modesAbove[column], modesLeft[i >> 2]);
            modes[i] = mode;
            modesAbove[column] = mode;
            modesLeft[i >> 2] = mode;
        }
        return Vp8Predictor.DC;
    }

    /** Reads a mode with the RFC's tree and probabilities. */
    private int blockMode(int above, int left) {
        if (!is(above, left, 0)) {
            return Vp8Predictor.DC;
        }
        if (!is(above, left, 1)) {
            return Vp8Predictor.GRADIENT;
        }
        if (!is(above, left, 2)) {
            return Vp8Predictor.ABOVE;
        }
        if (!is(above, left, 3)) {
            if (!is(above, left, 4)) {
                return Vp8Predictor.LEFT;
            }
            return is(above, left, 5) ? 6 : 5;
        }
        if (!is(above, left, 6)) {
            return 4;
        }
        if (!is(above, left, 7)) {
            return 7;
        }
        return is(above, left, 8) ? 9 : 8;
    }

    private boolean is(int above, int left, int i) {
        return header.modes.read(Vp8Tables.mode(above, left, i));
    }

    private void luma(int x, int y, int mode) {
        lumaPredictor.square(mode, luma.at(16 * x, 16 * y), 16, y > 0, x > 0);
        for (int i = 0; i < 16; i++) {
            int at = luma.at(16 * x + 4 * (i & 3), 16 * y + 4 * (i >> 2));
            residue.add(i, luma.pixels, at, luma.stride);
        }
    }

    private void lumaBlocks(int x, int y) {
        if (x == across - 1 && y > 0) {
            luma.extend(16 * y - 1);
        }
        int aboveRight = luma.at(16 * x + 16, 16 * y - 1);
        for (int i = 0; i < 16; i++) {
            int at = luma.at(16 * x + 4 * (i & 3), 16 * y + 4 * (i >> 2));
            boolean isLast = (i & 3) == 3;
            lumaPredictor.block(modes[i], at, isLast ? aboveRight : at - luma.stride + 4);
            residue.add(i, luma.pixels, at, luma.stride);
        }
    }

    private void chroma(
            int x, int y, int mode, Vp8Predictor predictor, Vp8Plane plane, int firstBlock) {
        predictor.square(mode, plane.at(8 * x, 8 * y), 8, y > 0, x > 0);
        for (int i = 0; i < 4; i++) {
            int at = plane.at(8 * x + 4 * (i & 1), 8 * y + 4 * (i >> 1));
            residue.add(firstBlock + i, plane.pixels, at, plane.stride);
        }
    }
}
