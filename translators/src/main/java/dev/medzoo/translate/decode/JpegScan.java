package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An interleaved sequential scan. */
final class JpegScan {
    /** DC Huffman table of each component. */
    final JpegCodes[] dc;

    /** AC Huffman table of each component. */
    final JpegCodes[] ac;

    /** Where the data begin. */
    final int from;

    private JpegScan(JpegCodes[] dc, JpegCodes[] ac, int from) {
        this.dc = dc;
        this.ac = ac;
        this.from = from;
    }

    /**
     * Reads it.
     *
     * @param at its marker
     * @return null for an unsupported or malformed scan
     */
    static @Nullable JpegScan of(JpegFrame frame, byte[] bytes, int at) throws EOFException {
        int count = frame.colours.length;
        int length = Bytes.big16(bytes, at + 2);
        if (length != 6 + 2 * count || Bytes.at(bytes, at + 4) != count) {
            return null;
        }
        JpegCodes[] dc = new JpegCodes[count];
        JpegCodes[] ac = new JpegCodes[count];
        for (int i = 0; i < count; i++) {
            int codes = Bytes.at(bytes, at + 6 + 2 * i);
            JpegCodes first = frame.dc(codes >> 4 & 3);
            JpegCodes others = frame.ac(codes & 3);
            boolean isNext = Bytes.at(bytes, at + 5 + 2 * i) == frame.colours[i].id();
            if (!isNext || (codes & 0xcc) != 0 || first == null || others == null) {
                return null;
            }
            dc[i] = first;
            ac[i] = others;
        }
        int from = at + 2 + length;
        // All coefficients, to their last bit.
        boolean isComplete =
                Bytes.at(bytes, from - 3) == 0 && Bytes.big16(bytes, from - 2) == 0x3f00;
        return isComplete ? new JpegScan(dc, ac, from) : null;
    }

    /** Receives the blocks of a scan in order. */
    interface Visitor {
        /**
         * Receives one block; it must read the block's AC coefficients.
         *
         * @param first coefficient, not yet multiplied
         * @param x and {@code y}: which block of its colour
         */
        void block(JpegBlocks blocks, int colour, int first, int x, int y) throws IOException;

        /** Called after all blocks of a row of MCUs. */
        void row(int y);
    }

    /**
     * Reads the scan.
     *
     * @param limit of the scan's data, which may end earlier at a marker
     */
    void visit(JpegFrame frame, byte[] bytes, int limit, Budget budget, Visitor visitor)
            throws IOException {
        JpegBlocks blocks = new JpegBlocks(JpegSegments.of(bytes, from, limit, frame.parts()));
        int[] predicted = new int[dc.length];
        int left = frame.restartInterval;
        for (int y = 0; y < frame.mcusDown(); y++) {
            budget.checkWanted();
            for (int x = 0; x < frame.mcusAcross(); x++) {
                if (frame.restartInterval > 0 && left-- == 0) {
                    blocks.restart();
                    Arrays.fill(predicted, 0);
                    left = frame.restartInterval - 1;
                }
                for (int i = 0; i < predicted.length; i++) {
                    predicted[i] = group(blocks, i, frame.colours[i], x, y, predicted[i], visitor);
                }
            }
            visitor.row(y);
        }
    }

    /** Reads the blocks of a component in one MCU; returns the last block's DC coefficient. */
    private int group(
            JpegBlocks blocks,
            int colour,
            JpegFrame.Colour sampling,
            int x,
            int y,
            int before,
            Visitor visitor)
            throws IOException {
        int across = sampling.across();
        int down = sampling.down();
        int first = before;
        for (int row = 0; row < down; row++) {
            for (int column = 0; column < across; column++) {
                first += blocks.difference(dc[colour]);
                visitor.block(blocks, colour, (short) first, x * across + column, y * down + row);
            }
        }
        return first;
    }
}
