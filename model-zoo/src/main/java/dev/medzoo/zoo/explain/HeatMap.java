package dev.medzoo.zoo.explain;

/**
 * Numbers in [0, 1] over a part of a picture, row by row from the top left. The largest is 1, or
 * all are 0 if nothing in the picture supports the class. The array is not copied.
 */
public final class HeatMap {
    private final int width;
    private final int height;
    private final float[] values;

    /**
     * @param values {@code width * height} numbers in [0, 1]
     */
    public HeatMap(int width, int height, float[] values) {
        if (width < 1 || height < 1 || values.length != width * height) {
            throw new IllegalArgumentException(
                    "map: %d numbers (expected: %dx%d)".formatted(values.length, width, height));
        }
        for (float value : values) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("map: " + value + " (expected: 0 to 1)");
            }
        }
        this.width = width;
        this.height = height;
        this.values = values;
    }

    /**
     * Scales numbers by the largest.
     *
     * @param raw finite, at least 0
     */
    static HeatMap scaled(int width, int height, double[] raw) {
        double most = 0;
        for (double value : raw) {
            most = Math.max(most, value);
        }
        float[] values = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            values[i] = most > 0 ? (float) (raw[i] / most) : 0;
        }
        return new HeatMap(width, height, values);
    }

    /** In cells. */
    public int width() {
        return width;
    }

    /** In cells. */
    public int height() {
        return height;
    }

    /** The numbers themselves, not a copy. */
    public float[] values() {
        return values;
    }

    /**
     * Bilinear interpolation between the centres of cells; constant beyond the outermost centres.
     *
     * @param x from 0, the left edge, to 1, the right one
     * @param y from 0, the top edge, to 1, the bottom one
     */
    public double at(double x, double y) {
        double column = clip(x * width - 0.5, width);
        double row = clip(y * height - 0.5, height);
        int left = (int) column;
        int top = (int) row;
        double across = column - left;
        double down = row - top;
        double upper = (1 - across) * cell(left, top) + across * cell(left + 1, top);
        double lower = (1 - across) * cell(left, top + 1) + across * cell(left + 1, top + 1);
        return (1 - down) * upper + down * lower;
    }

    private static double clip(double centre, int cells) {
        return Math.max(0, Math.min(cells - 1, centre));
    }

    private float cell(int column, int row) {
        return values[Math.min(height - 1, row) * width + Math.min(width - 1, column)];
    }
}
