package dev.medzoo.translate.transform;

import dev.medzoo.translate.decode.RgbPicture;
import java.util.Arrays;

/**
 * The arithmetic of {@link ColourStep#STAINS}, after Macenko et al. (2009). In optical density a
 * pixel is the sum of two stain vectors, each times its concentration. The stain vectors are the
 * extreme directions of the tissue's pixels in their principal plane. Concentrations are scaled so
 * that their 99th percentile equals the reference's, and recombined with the reference's stain
 * vectors.
 */
final class StainNormalisation {
    /** Optical density below which a pixel counts as glass, in any channel. */
    private static final double GLASS = 0.15;

    /** Percentile taken as an extreme direction; the other is 100 minus this. */
    private static final double OUTERMOST = 1;

    private static final double DARKEST = 99;

    /** Least share of tissue pixels needed to estimate the stains. */
    private static final double LEAST_TISSUE = 0.05;

    /** Largest factor of a concentration, up or down: a faint trace is not a faded stain. */
    private static final double MOST_GAIN = 3;

    /** Squared sine of the least angle between the two stains. */
    private static final double LEAST_ANGLE = 1e-3;

    /**
     * Stain vectors of haematoxylin and eosin, and their maximum concentrations, as given by
     * Macenko.
     */
    private static final double[][] REFERENCE = {
        {0.5626, 0.7201, 0.4062}, {0.2159, 0.8012, 0.5581}
    };

    private static final double[] REFERENCE_DARKEST = {1.9705, 1.0308};

    /** Optical density of a level; levels are raised by one so that black has one. */
    private static final double[] DENSITY = new double[256];

    static {
        for (int level = 0; level < DENSITY.length; level++) {
            DENSITY[level] = -Math.log((level + 1) / 256.0);
        }
    }

    private StainNormalisation() {}

    static RgbPicture apply(RgbPicture picture) {
        double[][] density = density(picture.rgb());
        double[][] tissue =
                Arrays.stream(density)
                        .filter(StainNormalisation::isTissue)
                        .toArray(double[][]::new);
        if (tissue.length < Math.max(3, LEAST_TISSUE * density.length)) {
            return picture;
        }
        double[][] stains = stains(tissue);
        double cosine = dot(stains[0], stains[1]);
        double sine2 = 1 - cosine * cosine;
        if (sine2 < LEAST_ANGLE) {
            return picture;
        }
        double[][] amounts = amounts(density, stains, cosine, sine2);
        double[] gains = new double[2];
        for (int stain = 0; stain < 2; stain++) {
            double darkest = percentile(amounts[stain], DARKEST);
            if (darkest <= 0) {
                return picture;
            }
            double gain = REFERENCE_DARKEST[stain] / darkest;
            gains[stain] = Math.max(1 / MOST_GAIN, Math.min(MOST_GAIN, gain));
        }
        return new RgbPicture(picture.width(), picture.height(), painted(amounts, gains));
    }

    private static double[][] density(byte[] rgb) {
        double[][] density = new double[rgb.length / 3][3];
        for (int i = 0; i < rgb.length; i++) {
            density[i / 3][i % 3] = DENSITY[rgb[i] & 0xff];
        }
        return density;
    }

    private static boolean isTissue(double[] density) {
        return density[0] >= GLASS && density[1] >= GLASS && density[2] >= GLASS;
    }

    /** The two extreme directions in the tissue's plane; haematoxylin, the bluer one, first. */
    private static double[][] stains(double[][] tissue) {
        SymmetricEigen.Pair[] pairs = SymmetricEigen.of(products(tissue));
        double[] one = towardsDark(pairs[0].vector());
        double[] other = towardsDark(pairs[1].vector());
        double[] angles = new double[tissue.length];
        for (int i = 0; i < angles.length; i++) {
            angles[i] = Math.atan2(dot(tissue[i], other), dot(tissue[i], one));
        }
        double[] low = direction(one, other, percentile(angles, OUTERMOST));
        double[] high = direction(one, other, percentile(angles, 100 - OUTERMOST));
        return low[0] > high[0] ? new double[][] {low, high} : new double[][] {high, low};
    }

    /** Second moments, not centred: the first direction is then that of the tissue itself. */
    private static double[][] products(double[][] tissue) {
        double[][] products = new double[3][3];
        for (double[] pixel : tissue) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    products[row][column] += pixel[row] * pixel[column];
                }
            }
        }
        return products;
    }

    private static double[] towardsDark(double[] vector) {
        double sign = vector[0] + vector[1] + vector[2] < 0 ? -1 : 1;
        return new double[] {sign * vector[0], sign * vector[1], sign * vector[2]};
    }

    private static double[] direction(double[] one, double[] other, double angle) {
        double[] direction = new double[3];
        for (int channel = 0; channel < 3; channel++) {
            direction[channel] = Math.cos(angle) * one[channel] + Math.sin(angle) * other[channel];
        }
        return direction;
    }

    /** Concentration of each stain in each pixel: least squares with unit stain vectors. */
    private static double[][] amounts(
            double[][] density, double[][] stains, double cosine, double sine2) {
        double[][] amounts = new double[2][density.length];
        for (int i = 0; i < density.length; i++) {
            double first = dot(density[i], stains[0]);
            double second = dot(density[i], stains[1]);
            amounts[0][i] = (first - cosine * second) / sine2;
            amounts[1][i] = (second - cosine * first) / sine2;
        }
        return amounts;
    }

    private static byte[] painted(double[][] amounts, double[] gains) {
        byte[] rgb = new byte[3 * amounts[0].length];
        for (int i = 0; i < rgb.length; i++) {
            double density = 0;
            for (int stain = 0; stain < 2; stain++) {
                density += amounts[stain][i / 3] * gains[stain] * REFERENCE[stain][i % 3];
            }
            double level = 256 * Math.exp(-density) - 1;
            rgb[i] = (byte) (int) Math.max(0, Math.min(255, level + 0.5));
        }
        return rgb;
    }

    /** Interpolates between the two nearest ranks, as numpy does by default. */
    private static double percentile(double[] values, double percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    private static double dot(double[] one, double[] other) {
        return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
    }
}
