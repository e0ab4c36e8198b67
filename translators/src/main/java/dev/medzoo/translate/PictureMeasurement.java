package dev.medzoo.translate;

import java.util.Arrays;

/** Takes the {@link PictureStatistics} of one picture. */
final class PictureMeasurement {
    /** Of a channel's range: below it lies what 8 bits and a file's compression add. */
    static final double NOISE = 1 / 255.0;

    // Between what 8 bits can give, so that rounding decides nothing.
    private static final double END = 0.5 / 255;
    private static final double BLACK = 10.5 / 255;
    private static final double WHITE = 244.5 / 255;
    private static final double LEAST_STEP = 3.5 / 3 / 255;
    private static final int BINS = 32;

    private final int width;
    private final int height;
    private final double[][] channels;
    private final double[] grey;
    private final double[] out = new double[PictureStatistics.COUNT];

    /** Brings the channels back to [0, 1]; a tensor that a client made may lie outside. */
    PictureMeasurement(NetworkInput input, Transform transform) {
        width = input.size().width();
        height = input.size().height();
        int area = width * height;
        channels = new double[3][area];
        grey = new double[area];
        for (int channel = 0; channel < 3; channel++) {
            double mean = transform.mean().get(channel);
            double deviation = transform.deviation().get(channel);
            for (int i = 0; i < area; i++) {
                double value = input.values()[channel * area + i] * deviation + mean;
                value = Math.max(0, Math.min(1, value));
                channels[channel][i] = value;
                grey[i] += value / 3;
            }
        }
    }

    /** In the order that {@link PictureStatistics} gives. */
    float[] numbers() {
        colours();
        ends();
        steps();
        middle();
        histogram();
        float[] narrow = new float[out.length];
        for (int i = 0; i < out.length; i++) {
            narrow[i] = (float) out[i];
        }
        return narrow;
    }

    private void colours() {
        double[] colourful = new double[grey.length];
        Arrays.setAll(colourful, i -> highest(i) - lowest(i));
        double[] means = new double[3];
        Arrays.setAll(means, channel -> mean(channels[channel]));
        double[] deviations = new double[3];
        Arrays.setAll(deviations, channel -> deviation(channels[channel], means[channel]));
        for (int channel = 0; channel < 3; channel++) {
            int next = (channel + 1) % 3;
            out[channel] = means[channel];
            out[3 + channel] = log(deviations[channel]);
            // A correlation, towards 0 for channels that hardly vary.
            out[15 + channel] =
                    covariance(channels[channel], means[channel], channels[next], means[next])
                            / (deviations[channel] * deviations[next] + NOISE * NOISE);
        }
        out[6] = mean(colourful);
        out[7] = log(deviation(colourful, out[6]));
        double[] redLessGreen = less(channels[0], channels[1]);
        double[] blueLessGreen = less(channels[2], channels[1]);
        out[26] = log(deviation(redLessGreen, mean(redLessGreen)));
        out[27] = log(deviation(blueLessGreen, mean(blueLessGreen)));
    }

    private void ends() {
        for (int i = 0; i < grey.length; i++) {
            out[8] += lowest(i) < END || highest(i) > 1 - END ? 1 : 0;
            out[9] += highest(i) < BLACK ? 1 : 0;
            out[10] += lowest(i) > WHITE ? 1 : 0;
        }
        for (int i = 8; i <= 10; i++) {
            out[i] = Math.sqrt(out[i] / grey.length);
        }
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
        for (int i = 0; i < grey.length; i++) {
            boolean isInside = inMiddleHalf(i % width, width) && inMiddleHalf(i / width, height);
            middle += isInside ? 1 : 0;
            for (int channel = 0; channel < 3; channel++) {
                (isInside ? inside : outside)[channel] += channels[channel][i];
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
        double mean = mean(grey);
        double deviation = deviation(grey, mean) + NOISE;
        int[] bins = new int[BINS];
        for (double value : grey) {
            double of = (value - mean) / deviation;
            out[24] += of * of * of / grey.length;
            bins[(int) Math.min(BINS - 1, value * BINS)]++;
        }
        for (int bin : bins) {
            double share = bin / (double) grey.length;
            out[25] -= share > 0 ? share * Math.log(share) / Math.log(2) : 0;
        }
    }

    private double highest(int i) {
        return Math.max(channels[0][i], Math.max(channels[1][i], channels[2][i]));
    }

    private double lowest(int i) {
        return Math.min(channels[0][i], Math.min(channels[1][i], channels[2][i]));
    }

    private static double log(double value) {
        return Math.log(value + NOISE);
    }

    private static double[] less(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values, double mean) {
        return Math.sqrt(covariance(values, mean, values, mean));
    }

    private static double covariance(double[] a, double meanA, double[] b, double meanB) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }
        return sum / a.length;
    }
}
