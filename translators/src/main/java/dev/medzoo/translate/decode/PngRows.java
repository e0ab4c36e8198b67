package dev.medzoo.translate.decode;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * Unfilters the rows of a PNG (third edition, section 9) and places them (section 8.1) one by one,
 * so that only two rows are in memory beside the picture.
 */
final class PngRows {
    /** First column, first row, columns and rows from one pixel to the next. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8},
        {4, 0, 8, 8},
        {0, 4, 4, 8},
        {2, 0, 4, 4},
        {0, 2, 2, 4},
        {1, 0, 2, 2},
        {0, 1, 1, 2}
    };

    private static final int[][] ALL_AT_ONCE = {{0, 0, 1, 1}};

    private final PngHeader header;
    private final PngColours colours;
    private final PngData data;
    private final Budget budget;

    /** Distance in bytes to a byte's left neighbour in a filter. */
    private final int left;

    PngRows(PngHeader header, PngColours colours, PngData data, Budget budget) {
        this.header = header;
        this.colours = colours;
        this.data = data;
        this.budget = budget;
        left = Math.max(1, header.pixelBits() / 8);
    }

    RgbPicture read() throws IOException {
        byte[] rgb = new byte[3 * header.width() * header.height()];
        for (int[] pass : header.interlaced() ? ADAM7 : ALL_AT_ONCE) {
            int columns = count(header.width(), pass[0], pass[2]);
            int rows = count(header.height(), pass[1], pass[3]);
            if (columns > 0 && rows > 0) {
                read(pass, columns, rows, rgb);
            }
        }
        colours.finish(rgb);
        return new RgbPicture(header.width(), header.height(), rgb);
    }

    private static int count(int size, int first, int step) {
        return (size - first + step - 1) / step;
    }

    private void read(int[] pass, int columns, int rows, byte[] rgb) throws IOException {
        int end = left + header.rowBytes(columns);
        // Zeros before each row serve as left neighbours of its first pixel.
        byte[] above = new byte[end];
        byte[] row = new byte[end];
        for (int i = 0; i < rows; i++) {
            if ((i & 63) == 0) {
                budget.checkWanted();
            }
            int filter = data.read();
            data.read(row, left, end);
            unfilter(filter, row, above);
            int to = 3 * ((pass[1] + i * pass[3]) * header.width() + pass[0]);
            colours.write(row, left, columns, rgb, to, 3 * pass[2]);
            byte[] next = above;
            above = row;
            row = next;
            Arrays.fill(row, 0, left, (byte) 0);
        }
    }

    private void unfilter(int filter, byte[] row, byte[] above) throws IIOException {
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int i = left; i < row.length; i++) {
                    row[i] += row[i - left];
                }
            }
            case 2 -> {
                for (int i = left; i < row.length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = left; i < row.length; i++) {
                    int mean = ((row[i - left] & 0xff) + (above[i] & 0xff)) >> 1;
                    row[i] += (byte) mean;
                }
            }
            case 4 -> paeth(row, above);
            default -> throw new IIOException("filter: %d (expected: 0..4)".formatted(filter));
        }
    }

    /**
     * Branch-free: a processor would mispredict the branch for every other byte of a photograph.
     */
    private void paeth(byte[] row, byte[] above) {
        for (int i = left; i < row.length; i++) {
            int a = row[i - left] & 0xff;
            int b = above[i] & 0xff;
            int c = above[i - left] & 0xff;
            int toA = b - c;
            int toB = a - c;
            int toC = Math.abs(toA + toB);
            toA = Math.abs(toA);
            toB = Math.abs(toB);
            int isB = (toB - toA) >> 31;
            int nearest = a + ((b - a) & isB);
            int to = toA + ((toB - toA) & isB);
            int isC = (toC - to) >> 31;
            row[i] += (byte) (nearest + ((c - nearest) & isC));
        }
    }
}
