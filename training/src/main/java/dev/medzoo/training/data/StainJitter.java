package dev.medzoo.training.data;

import java.util.Random;

/**
 * Augments the strength of the haematoxylin and eosin stains, which varies between slides and
 * laboratories: colour deconvolution (Ruifrok and Johnston 2001), random scale and shift of each
 * stain's concentration (Tellez et al. 2018), and recombination. In optical density all steps
 * together are one affine map of a pixel's three values.
 */
final class StainJitter {
    /** Absorption of haematoxylin, eosin and the residual; unit rows over R, G, B. */
    private static final double[][] STAINS = {
        {0.650, 0.704, 0.286}, {0.072, 0.990, 0.105}, {0.268, -0.047, -0.962}
    };

    private static final double[][] UNMIXED = inverse(STAINS);

    /** Largest shift of a concentration, relative to the strength. */
    private static final double SHIFT = 0.2;

    /** Optical density of a level; levels are raised by one so that black has one. */
    private static final float[] DENSITY = new float[256];

    /** Inverse lookup of densities, from -1 to 7 in steps of 1 / 512. */
    private static final int STEPS = 512;

    private static final byte[] LEVEL = new byte[8 * STEPS];

    static {
        for (int level = 0; level < 256; level++) {
            DENSITY[level] = (float) -Math.log((level + 1) / 256.0);
        }
        for (int i = 0; i < LEVEL.length; i++) {
            double level = 256 * Math.exp(-((double) i / STEPS - 1)) - 1;
            LEVEL[i] = (byte) Math.round(Math.max(0, Math.min(255, level)));
        }
    }

    private StainJitter() {}

    /**
     * Returns a copy with changed stains.
     *
     * @param rgb pixel by pixel
     * @param strength largest scaling of a concentration up or down, as a share
     */
    static byte[] apply(byte[] rgb, double strength, Random random) {
        double[] scale = new double[3];
        double[] shift = new double[3];
        for (int stain = 0; stain < 3; stain++) {
            scale[stain] = 1 + strength * (2 * random.nextDouble() - 1);
            shift[stain] = SHIFT * strength * (2 * random.nextDouble() - 1);
        }
        float[][] map = new float[3][3];
        float[] offset = new float[3];
        for (int to = 0; to < 3; to++) {
            for (int stain = 0; stain < 3; stain++) {
                offset[to] += (float) (shift[stain] * STAINS[stain][to]);
                for (int from = 0; from < 3; from++) {
                    map[to][from] +=
                            (float) (UNMIXED[from][stain] * scale[stain] * STAINS[stain][to]);
                }
            }
        }
        return apply(rgb, map, offset);
    }

    private static byte[] apply(byte[] rgb, float[][] map, float[] offset) {
        byte[] out = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i += 3) {
            float r = DENSITY[rgb[i] & 0xff];
            float g = DENSITY[rgb[i + 1] & 0xff];
            float b = DENSITY[rgb[i + 2] & 0xff];
            for (int to = 0; to < 3; to++) {
                float[] row = map[to];
                out[i + to] = level(row[0] * r + row[1] * g + row[2] * b + offset[to]);
            }
        }
        return out;
    }

    private static byte level(float density) {
        int step = Math.round((density + 1) * STEPS);
        return LEVEL[Math.max(0, Math.min(LEVEL.length - 1, step))];
    }

    /** Inverts by cofactors. */
    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[3][3];
        double determinant = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int a = (j + 1) % 3;
                int b = (j + 2) % 3;
                int c = (i + 1) % 3;
                int d = (i + 2) % 3;
                inverse[i][j] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
            }
            determinant += m[0][i] * inverse[i][0];
        }
        for (double[] row : inverse) {
            for (int j = 0; j < 3; j++) {
                row[j] /= determinant;
            }
        }
        return inverse;
    }
}
