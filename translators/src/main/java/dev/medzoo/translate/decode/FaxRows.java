package dev.medzoo.translate.decode;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.IIOException;

/**
 * Decodes the rows of one strip or tile of a fax in order: modified Huffman codes in TIFF's
 * compression 2, ITU-T T.4 in 3, T.6 in 4. A row is stored as the columns where its colour changes,
 * because the next row is coded relative to them.
 */
final class FaxRows {
    /** Overhead of a row, in codes. */
    private static final int ROW = 64;

    private static final int CODES_BETWEEN_CHECKS = 1 << 16;

    /** Bits of the end-of-line code; two of them end a fax. */
    private static final int END_BITS = 12;

    private static final int TWO_ENDS = 0x1001;

    private final FaxBits bits;
    private final FaxKind kind;
    private final int columns;
    private final Budget budget;
    private final int rows;
    private final boolean hasLines;
    private int[] changes;
    private int[] above;
    private int count;
    private int untilCheck;
    private int row;
    private boolean isOver;

    /**
     * @param columns of a row
     * @param rows to decode
     */
    FaxRows(FaxBits bits, FaxKind kind, int columns, int rows, Budget budget) {
        this.bits = bits;
        this.kind = kind;
        this.columns = columns;
        this.rows = rows;
        this.budget = budget;
        changes = new int[columns + 3];
        above = new int[columns + 3];
        hasLines = kind.hasLines() && bits.skipToLine();
        end();
    }

    /**
     * Decodes the next row. Rows after an end-of-fax code are white.
     *
     * @return the columns where it becomes black, white and so on, beginning with white; the width
     *     ends them. The next call overwrites them
     */
    int[] next() throws IOException {
        count(ROW);
        int[] before = changes;
        changes = above;
        above = before;
        count = 0;
        if (!isOver) {
            decode();
        }
        end();
        row++;
        return changes;
    }

    private void decode() throws IOException {
        if (hasLines && row > 0 && !bits.skipToLine()) {
            throw cut();
        }
        boolean isAbove = kind == FaxKind.T6;
        if (kind == FaxKind.T4_TWO_DIMENSIONAL) {
            isAbove = bits.peek(1) == 0;
            bits.skip(1);
        }
        isOver = bits.peek(END_BITS) == 1 && (hasLines || bits.peek(2 * END_BITS) == TWO_ENDS);
        if (isOver) {
            return;
        }
        if (isAbove) {
            fromAbove();
        } else {
            runs();
        }
        if (bits.isBeyond()) {
            throw cut();
        }
        if (kind == FaxKind.HUFFMAN) {
            bits.align();
        }
    }

    /** Ends the row: lookups beyond the last change find the width. */
    private void end() {
        changes[count] = columns;
        changes[count + 1] = columns;
        changes[count + 2] = columns;
    }

    /** Decodes a one-dimensional row of T.4: alternating white and black runs. */
    private void runs() throws IOException {
        int at = 0;
        for (boolean isWhite = true; at < columns; isWhite = !isWhite) {
            at = change(at + run(isWhite, columns - at));
        }
    }

    /** Decodes a two-dimensional row: changes relative to the row above. */
    private void fromAbove() throws IOException {
        int at = -1;
        boolean isWhite = true;
        // The first change above that lies right of here and ends a run of this colour.
        int near = 0;
        while (at < columns) {
            int code = FaxCodes.MODES[bits.peek(FaxCodes.MODE_BITS)];
            int mode = code >> 4;
            bits.skip(code & 15);
            count(1);
            if (mode <= FaxCodes.LAST_VERTICAL) {
                at = below(above[near] + mode - 3, at);
                isWhite = !isWhite;
                near += near > 0 ? -1 : 1;
            } else if (mode == FaxCodes.PASS) {
                at = above[near + 1];
            } else if (mode == FaxCodes.HORIZONTAL) {
                at = twoRuns(Math.max(0, at), isWhite);
            } else {
                throw noCode(mode, FaxCodes.MODE_BITS);
            }
            while (at < columns && above[near] <= at) {
                near += 2;
            }
        }
    }

    private int below(int to, int at) throws DamagedException {
        if (to <= at) {
            throw damaged("a change at %d after %d".formatted(to, at));
        }
        return change(to);
    }

    private int twoRuns(int from, boolean isWhite) throws IOException {
        int middle = change(from + run(isWhite, columns - from));
        return change(middle + run(!isWhite, columns - middle));
    }

    /** Records a change of colour. Two at the same column cancel out. */
    private int change(int at) throws DamagedException {
        if (at > columns) {
            throw damaged("%d pixels (expected: %d)".formatted(at, columns));
        }
        if (count > 0 && changes[count - 1] == at) {
            count--;
        } else if (at < columns) {
            changes[count++] = at;
        }
        return at;
    }

    /** Decodes one run. Some programs omit its terminating code at the end of a row. */
    private int run(boolean isWhite, int left) throws IOException {
        char[] table = isWhite ? FaxCodes.WHITE : FaxCodes.BLACK;
        int run = 0;
        int length;
        do {
            int code = table[bits.peek(FaxCodes.RUN_BITS)];
            length = code >> 4;
            count(1);
            if (length > FaxCodes.LONGEST_RUN) {
                if (run == left) {
                    return run;
                }
                throw noCode(length, FaxCodes.RUN_BITS);
            }
            bits.skip(code & 15);
            run += length;
        } while (length >= FaxCodes.MAKE_UP && run <= left);
        return run;
    }

    /** Counts codes, and checks for cancellation even when many codes make few rows. */
    private void count(int codes) throws DecodingCancelledException {
        untilCheck -= codes;
        if (untilCheck < 0) {
            untilCheck = CODES_BETWEEN_CHECKS;
            budget.checkWanted();
        }
    }

    private IOException noCode(int value, int bitsOfIt) {
        if (value == FaxCodes.EXTENSION) {
            return new IIOException(
                    "row %d of a fax in uncompressed mode or another extension (expected: none)"
                            .formatted(row));
        }
        return bits.endsWithin(bitsOfIt) ? cut() : damaged("an invalid code");
    }

    private EOFException cut() {
        return new EOFException("%d of %d rows of a fax".formatted(row, rows));
    }

    private DamagedException damaged(String fault) {
        return new DamagedException("row %d of a fax: %s".formatted(row, fault));
    }
}
