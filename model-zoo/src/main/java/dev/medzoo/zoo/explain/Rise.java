package dev.medzoo.zoo.explain;

import ai.djl.translate.TranslateException;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.transform.InputSize;
import dev.medzoo.translate.transform.NetworkInput;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * RISE (Petsiuk et al. 2018): hides random parts of the picture and watches the class. It needs no
 * gradient and no layer, only findings, so it explains every network on every runtime.
 *
 * <p>A mask is a random grid of zeros and ones, shifted at random and interpolated. With y the
 * log-odds of the class and m the visibility of a cell, the evidence in that cell is the slope of
 * the regression of y on m over all masks:
 *
 * <pre>M = ReLU(cov(y, m) / var(m))</pre>
 *
 * <p>Every second mask hides the picture before another {@link Backdrop}, so that the map is not
 * about one of them; each has its own mean. The masks are the same for every picture, and so is the
 * map of the same picture.
 */
final class Rise {
    /** Number of masks. Chosen on {@code val}, as {@link #CELLS}: {@code docs/explanations.md}. */
    static final int MASKS = 400;

    /** Cells of a mask along each side of the picture. */
    private static final int CELLS = 5;

    /** Cells of the map along the longer side of the picture. */
    private static final int GRID = 32;

    private static final long SEED = 20181030;

    /** Keeps the logarithm of a probability of 0 finite. */
    private static final double LEAST = 1e-30;

    private final NetworkInput picture;
    private final String label;
    private final Predictions predictions;

    /** Computes findings. */
    @FunctionalInterface
    interface Predictions {
        Finding of(NetworkInput picture) throws TranslateException;
    }

    /**
     * @param label of the class to explain
     */
    Rise(NetworkInput picture, String label, Predictions predictions) {
        this.picture = picture;
        this.label = label;
        this.predictions = predictions;
    }

    /**
     * Computes the map, with one finding for each mask.
     *
     * @param goesOn asked before each mask
     * @throws CancellationException once {@code goesOn} is false
     */
    HeatMap map(BooleanSupplier goesOn) throws TranslateException {
        InputSize size = picture.size();
        int longest = Math.max(size.width(), size.height());
        int width = Math.max(1, Math.min(GRID, longest) * size.width() / longest);
        int height = Math.max(1, Math.min(GRID, longest) * size.height() / longest);
        List<float[]> backdrops =
                List.of(Backdrop.MEAN_COLOUR.of(picture), Backdrop.BLUR.of(picture));
        List<Slopes> slopes = List.of(new Slopes(width * height), new Slopes(width * height));
        Random random = new Random(SEED);
        for (int i = 0; i < MASKS; i++) {
            if (!goesOn.getAsBoolean()) {
                throw new CancellationException("explanation: cancelled (expected: wanted)");
            }
            Mask mask = new Mask(random);
            int kind = i % backdrops.size();
            Finding finding = predictions.of(hidden(mask, backdrops.get(kind)));
            slopes.get(kind).add(mask.over(width, height), logOdds(finding, label));
        }
        double[] evidence = new double[width * height];
        for (int cell = 0; cell < evidence.length; cell++) {
            double covariance = 0;
            double variance = 0;
            for (Slopes each : slopes) {
                covariance += each.covariance(cell);
                variance += each.variance(cell);
            }
            evidence[cell] = Math.max(0, covariance / variance);
        }
        return HeatMap.scaled(width, height, evidence);
    }

    private NetworkInput hidden(Mask mask, float[] backdrop) {
        InputSize size = picture.size();
        float[] visible = mask.over(size.width(), size.height());
        float[] values = picture.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = backdrop[i] + visible[i % visible.length] * (values[i] - backdrop[i]);
        }
        return new NetworkInput(size, values);
    }

    /** Of the class against all others. */
    static double logOdds(Finding finding, String label) {
        double own = 0;
        double others = 0;
        for (ClassProbability each : finding.probabilities()) {
            if (each.label().equals(label)) {
                own = each.probability();
            } else {
                others += each.probability();
            }
        }
        return Math.log(Math.max(LEAST, own)) - Math.log(Math.max(LEAST, others));
    }

    /** Sums over masks, from which covariance and variance follow, each times their number. */
    private static final class Slopes {
        private final double[] visible;
        private final double[] squares;
        private final double[] products;
        private double first;
        private double answers;
        private int count;

        Slopes(int cells) {
            visible = new double[cells];
            squares = new double[cells];
            products = new double[cells];
        }

        void add(float[] mask, double found) {
            // Where nothing changes the answer, the covariance is 0 to the last bit.
            first = count == 0 ? found : first;
            double answer = found - first;
            for (int cell = 0; cell < mask.length; cell++) {
                visible[cell] += mask[cell];
                squares[cell] += mask[cell] * (double) mask[cell];
                products[cell] += mask[cell] * answer;
            }
            answers += answer;
            count++;
        }

        double covariance(int cell) {
            return products[cell] - visible[cell] * answers / count;
        }

        double variance(int cell) {
            return squares[cell] - visible[cell] * visible[cell] / count;
        }
    }

    /** What of a picture is visible: 0 to 1. */
    private static final class Mask {
        private static final int POINTS = CELLS + 2;
        private final boolean[] points = new boolean[POINTS * POINTS];
        private final double across;
        private final double down;

        Mask(Random random) {
            for (int i = 0; i < points.length; i++) {
                points[i] = random.nextBoolean();
            }
            across = random.nextDouble();
            down = random.nextDouble();
        }

        /** At the centres of cells, row by row. */
        float[] over(int width, int height) {
            float[] visible = new float[width * height];
            for (int y = 0; y < height; y++) {
                double row = down + CELLS * (y + 0.5) / height;
                for (int x = 0; x < width; x++) {
                    visible[y * width + x] = at(across + CELLS * (x + 0.5) / width, row);
                }
            }
            return visible;
        }

        private float at(double column, double row) {
            int left = (int) column;
            int top = (int) row;
            double right = column - left;
            double bottom = row - top;
            double upper = (1 - right) * point(left, top) + right * point(left + 1, top);
            double lower = (1 - right) * point(left, top + 1) + right * point(left + 1, top + 1);
            return (float) ((1 - bottom) * upper + bottom * lower);
        }

        private int point(int column, int row) {
            return points[row * POINTS + column] ? 1 : 0;
        }
    }
}
