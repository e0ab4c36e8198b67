package dev.medzoo.translate.finding;

import dev.medzoo.translate.transform.NetworkInput;
import dev.medzoo.translate.transform.Transform;

/**
 * Computes the {@link PictureStatistics} of one picture. Independent sums share one pass, because a
 * single sum would wait for the latency of each addition.
 */
final class PictureMeasurement {
    /**
     * Fraction of a channel's range below which differences are noise of 8 bits and compression.
     */
    static final double NOISE = 1 / 255.0;

    // Half a level of 8 bits, so that rounding cannot change the result.
    private static final double END = 0.5 / 255;
    private static final double BLACK = 10.5 / 255;
    private static final double WHITE = 244.5 / 255;
    private static final double LEAST_STEP = 3.5 / 3 / 255;
    private static final int BINS = 32;

    private final int width;
    private final int height;
    private final float[] values;
    private final double[] scales = new double[3];
    private final double[] shifts = new double[3];

    /**
     * The channels in [0, 1]; per pixel the highest minus the lowest channel; and the channels'
     * mean.
     */
    private final double[] red;

    private final double[] green;
    private final double[] blue;
    private final double[] colour;
    private final double[] grey;
    private final double[] out = new double[PictureStatistics.COUNT];

    /** Means of the channels, the colourfulness, red minus green, blue minus green, and grey. */
    private final double[] means = new double[7];

    /** Maps the channels back to [0, 1]; a client's own tensor may lie outside. */
    PictureMeasurement(NetworkInput input, Transform transform) {
        width = input.size().width();
        height = input.size().height();
        values = input.values();
        red = new double[width * height];
        green = new double[red.length];
        blue = new double[red.length];
        colour = new double[red.length];
        grey = new double[red.length];
        for (int channel = 0; channel < 3; channel++) {
            scales[channel] = transform.deviation().get(channel);
            shifts[channel] = transform.mean().get(channel);
        }
    }

    private double value(int channel, int i) {
        double value = values[channel * grey.length + i] * scales[channel] + shifts[channel];
        return value > 0 ? value < 1 ? value : 1 : 0;
    }

    /** In the order that {@link PictureStatistics} gives. */
    float[] numbers() {
        means();
        middle();
        deviations();
        steps();
        histogram();
        float[] narrow = new float[out.length];
        for (int i = 0; i < out.length; i++) {
            narrow[i] = (float) out[i];
        }
        return narrow;
    }

    /** Runs first, as the others need grey and the means. */
    private void means() {
        double reds = 0;
        double greens = 0;
        double blues = 0;
        double colourful = 0;
        double redLessGreen = 0;
        double blueLessGreen = 0;
        double greys = 0;
        int ends = 0;
        int blacks = 0;
        int whites = 0;
        for (int i = 0; i < grey.length; i++) {
            double r = value(0, i);
            double g = value(1, i);
            double b = value(2, i);
            double highest = Math.max(r, Math.max(g, b));
            double lowest = Math.min(r, Math.min(g, b));
            double light = r / 3 + g / 3 + b / 3;
            red[i] = r;
            green[i] = g;
            blue[i] = b;
            colour[i] = highest - lowest;
            grey[i] = light;
            greys += light;
            reds += r;
            greens += g;
            blues += b;
            colourful += highest - lowest;
            redLessGreen += r - g;
            blueLessGreen += b - g;
            ends += lowest < END || highest > 1 - END ? 1 : 0;
            blacks += highest < BLACK ? 1 : 0;
            whites += lowest > WHITE ? 1 : 0;
        }
        double[] sums = {reds, greens, blues, colourful, redLessGreen, blueLessGreen, greys};
        for (int i = 0; i < sums.length; i++) {
            means[i] = sums[i] / grey.length;
        }
        System.arraycopy(means, 0, out, 0, 3);
        out[6] = means[3];
        out[8] = Math.sqrt((double) ends / grey.length);
        out[9] = Math.sqrt((double) blacks / grey.length);
        out[10] = Math.sqrt((double) whites / grey.length);
    }

    private void deviations() {
        double reds = 0;
        double greens = 0;
        double blues = 0;
        double redGreen = 0;
        double greenBlue = 0;
        double blueRed = 0;
        double colourful = 0;
        double redLessGreen = 0;
        double blueLessGreen = 0;
        for (int i = 0; i < grey.length; i++) {
            double ofColour = colour[i] - means[3];
            double ofRed = red[i] - green[i] - means[4];
            double ofBlue = blue[i] - green[i] - means[5];
            double r = red[i] - means[0];
            double g = green[i] - means[1];
            double b = blue[i] - means[2];
            reds += r * r;
            greens += g * g;
            blues += b * b;
            redGreen += r * g;
            greenBlue += g * b;
            blueRed += b * r;
            colourful += ofColour * ofColour;
            redLessGreen += ofRed * ofRed;
            blueLessGreen += ofBlue * ofBlue;
        }
        double[] deviations = {deviation(reds), deviation(greens), deviation(blues)};
        double[] covariances = {redGreen, greenBlue, blueRed};
        for (int channel = 0; channel < 3; channel++) {
            double next = deviations[(channel + 1) % 3];
            out[3 + channel] = log(deviations[channel]);
            // A correlation, shrunk towards 0 for channels that hardly vary.
            out[15 + channel] =
                    covariances[channel]
                            / grey.length
                            / (deviations[channel] * next + NOISE * NOISE);
        }
        out[7] = log(deviation(colourful));
        out[26] = log(deviation(redLessGreen));
        out[27] = log(deviation(blueLessGreen));
    }

    private double deviation(double squares) {
        return Math.sqrt(squares / grey.length);
    }

    private void steps() {
        Steps steps = Steps.of(grey, width, height, LEAST_STEP);
        out[11] = log(steps.mean());
        for (int i = 1; i <= 3; i++) {
            out[11 + i] = log(Steps.ofSmaller(grey, width, height, 1 << i, LEAST_STEP).mean());
        }
        out[21] = log(steps.right()) - log(steps.down());
        out[22] = Math.sqrt(steps.none());
        out[23] = log(steps.rootMeanSquare()) - log(steps.mean());
    }

    private void middle() {
        double[] inside = new double[3];
        double[] outside = new double[3];
        int middle = 0;
        for (int y = 0; y < height; y++) {
            boolean isRowInside = inMiddleHalf(y, height);
            for (int x = 0; x < width; x++) {
                boolean isInside = isRowInside && inMiddleHalf(x, width);
                double[] part = isInside ? inside : outside;
                middle += isInside ? 1 : 0;
                int i = y * width + x;
                part[0] += red[i];
                part[1] += green[i];
                part[2] += blue[i];
            }
        }
        for (int channel = 0; channel < 3; channel++) {
            out[18 + channel] =
                    inside[channel] / Math.max(1, middle)
                            - outside[channel] / Math.max(1, grey.length - middle);
        }
    }

    private static boolean inMiddleHalf(int at, int of) {
        return 4 * at >= of && 4 * at < 3 * of;
    }

    private void histogram() {
        double mean = means[6];
        double squares = 0;
        for (double value : grey) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = deviation(squares) + NOISE;
        int[] bins = new int[BINS];
        double cubes = 0;
        for (double value : grey) {
            double of = (value - mean) / deviation;
            cubes += of * of * of / grey.length;
            bins[Math.min(BINS - 1, (int) (value * BINS))]++;
        }
        out[24] = cubes;
        for (int bin : bins) {
            double share = bin / (double) grey.length;
            out[25] -= share > 0 ? share * Math.log(share) / Math.log(2) : 0;
        }
    }

    private static double log(double value) {
        return Math.log(value + NOISE);
    }
}
