package dev.medzoo.translate.finding;

/**
 * Statistics of the differences between neighbouring pixels of one channel.
 *
 * @param right mean absolute difference to the right
 * @param down mean absolute difference downwards
 * @param rootMeanSquare of both
 * @param none share of both below the noise threshold
 */
record Steps(double right, double down, double rootMeanSquare, double none) {

    /**
     * Computes those of a channel.
     *
     * @param values row by row
     * @param least below which a difference does not count
     */
    static Steps of(double[] values, int width, int height, double least) {
        double right = 0;
        double down = 0;
        double squares = 0;
        int none = 0;
        int across = (width - 1) * height;
        int upright = width * (height - 1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                if (x < width - 1) {
                    double step = Math.abs(values[i + 1] - values[i]);
                    right += step;
                    squares += step * step;
                    none += step < least ? 1 : 0;
                }
                if (y < height - 1) {
                    double step = Math.abs(values[i + width] - values[i]);
                    down += step;
                    squares += step * step;
                    none += step < least ? 1 : 0;
                }
            }
        }
        double both = Math.max(1, across + upright);
        return new Steps(
                right / Math.max(1, across),
                down / Math.max(1, upright),
                Math.sqrt(squares / both),
                none / both);
    }

    /** Mean absolute difference in both directions. */
    double mean() {
        return (right + down) / 2;
    }

    /**
     * Computes those of a channel that is first downscaled by averaging squares; none if it is
     * smaller than a square.
     *
     * @param side of the squares, in pixels; incomplete squares at the right and bottom are left
     *     out
     */
    static Steps ofSmaller(double[] values, int width, int height, int side, double least) {
        int columns = width / side;
        int rows = height / side;
        if (columns == 0 || rows == 0) {
            return new Steps(0, 0, 0, 1);
        }
        double[] small = new double[columns * rows];
        // The side is a power of two in use, so that the product equals the quotient exactly.
        double share = 1.0 / (side * side);
        for (int y = 0; y < rows * side; y++) {
            int row = y / side * columns;
            for (int x = 0, from = y * width; x < columns; x++) {
                double sum = small[row + x];
                for (int i = 0; i < side; i++) {
                    sum += values[from++] * share;
                }
                small[row + x] = sum;
            }
        }
        return of(small, columns, rows, least);
    }
}
