package dev.medzoo.training.learn;

import dev.medzoo.training.recipe.Recipe;
import java.util.Random;

/**
 * Mixes the pictures of a batch and their targets in pairs: MixUp blends them (Zhang et al. 2018),
 * CutMix sets a piece of one into the other (Yun et al. 2019). What happens follows from the seed
 * and the step alone.
 */
final class Mixer {
    private final Recipe.Mixing mixing;
    private final long seed;

    Mixer(Recipe.Mixing mixing, long seed) {
        this.mixing = mixing;
        this.seed = seed;
    }

    /**
     * Changes a batch in place, or leaves it.
     *
     * @param inputs (batch, 3, side, side)
     * @param targets (batch, classes), shares that add up to 1
     */
    void mix(float[] inputs, float[] targets, int batch, int side, int step) {
        Random random = new Random((seed * 1_000_003 + step) * 0x9E3779B97F4A7C15L);
        if (batch < 2 || random.nextDouble() >= mixing.share()) {
            return;
        }
        boolean cut = mixing.mixUp() == 0 || (mixing.cutMix() > 0 && random.nextBoolean());
        double kept = beta(cut ? mixing.cutMix() : mixing.mixUp(), random);
        int shift = 1 + random.nextInt(batch - 1);
        float[] others = shifted(inputs, batch, shift);
        if (cut) {
            kept = cut(inputs, others, side, kept, random);
        } else {
            blend(inputs, others, (float) kept);
        }
        blend(targets, shifted(targets, batch, shift), (float) kept);
    }

    /** The rows of a batch, each in the place of one that many before it. */
    private static float[] shifted(float[] rows, int batch, int by) {
        int each = rows.length / batch;
        float[] shifted = new float[rows.length];
        System.arraycopy(rows, by * each, shifted, 0, rows.length - by * each);
        System.arraycopy(rows, 0, shifted, rows.length - by * each, by * each);
        return shifted;
    }

    private static void blend(float[] into, float[] others, float kept) {
        for (int i = 0; i < into.length; i++) {
            into[i] = kept * into[i] + (1 - kept) * others[i];
        }
    }

    /** Sets a rectangle of the others in, and gives the share that was kept. */
    private static double cut(
            float[] inputs, float[] others, int side, double kept, Random random) {
        int size = (int) Math.round(side * Math.sqrt(1 - kept));
        int x = random.nextInt(side - size + 1);
        int y = random.nextInt(side - size + 1);
        for (int plane = 0; plane < inputs.length; plane += side * side) {
            for (int row = y; row < y + size; row++) {
                int from = plane + row * side + x;
                System.arraycopy(others, from, inputs, from, size);
            }
        }
        return 1 - (double) size * size / (side * side);
    }

    /** A draw from Beta(alpha, alpha), alpha in (0, 1], as Jöhnk (1964) does. */
    static double beta(double alpha, Random random) {
        while (true) {
            double a = Math.pow(random.nextDouble(), 1 / alpha);
            double b = Math.pow(random.nextDouble(), 1 / alpha);
            if (a + b <= 1 && a + b > 0) {
                return a / (a + b);
            }
        }
    }
}
