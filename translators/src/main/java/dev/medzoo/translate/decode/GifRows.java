package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;

/** Places the pixels of a GIF's frame on the canvas, in four passes if it is interlaced. */
final class GifRows {
    private static final int[] FIRST = {0, 4, 2, 1};
    private static final int[] STEP = {8, 8, 4, 2};

    private final int left;
    private final int top;
    private final int columns;
    private final int rows;
    private final int canvasWidth;
    private final byte[] palette;
    private final byte[] rgb;
    private final Budget budget;
    private final boolean interlaced;
    private int pass;
    private int row;
    private int column;
    private int done;
    private int to;

    /**
     * @param frame left, top, width and height
     * @param rgb of the canvas
     */
    GifRows(
            int[] frame,
            boolean interlaced,
            int canvasWidth,
            byte[] palette,
            byte[] rgb,
            Budget budget) {
        left = frame[0];
        top = frame[1];
        columns = frame[2];
        rows = frame[3];
        this.interlaced = interlaced;
        this.canvasWidth = canvasWidth;
        this.palette = palette;
        this.rgb = rgb;
        this.budget = budget;
        to = 3 * (top * canvasWidth + left);
    }

    boolean isFull() {
        return done == rows;
    }

    /**
     * Writes the next pixels, {@code from} to {@code end}; those after the last row are dropped.
     */
    void put(byte[] indices, int from, int end) throws IOException {
        for (int i = from; i < end && done < rows; i++) {
            int colour = 3 * (indices[i] & 0xff);
            rgb[to++] = palette[colour];
            rgb[to++] = palette[colour + 1];
            rgb[to++] = palette[colour + 2];
            if (++column == columns) {
                endRow();
            }
        }
    }

    private void endRow() throws IOException {
        budget.checkWanted();
        done++;
        column = 0;
        row += interlaced ? STEP[pass] : 1;
        while (interlaced && row >= rows && pass < FIRST.length - 1) {
            row = FIRST[++pass];
        }
        to = 3 * ((top + row) * canvasWidth + left);
    }

    /** Refuses a frame whose pixels ended early. */
    void checkFull() throws EOFException {
        if (!isFull()) {
            throw new EOFException("%d of %d rows".formatted(done, rows));
        }
    }
}
