package dev.medzoo.training.study;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;

/**
 * One arm against another on the same pictures.
 *
 * @param better the arm that is claimed to be better
 * @param base the arm that it is compared with
 * @param share of the labels that both had, in (0, 1]
 * @param seeds that both have
 * @param difference of the means over the seeds, better less base, with its 95 % interval
 * @param p two-sided
 * @param holm the same, corrected over the family of comparisons
 */
record Comparison(
        String better,
        String base,
        double share,
        int seeds,
        Estimate difference,
        double p,
        double holm) {
    private static final double LEVEL = 0.05;

    Comparison adjusted(double corrected) {
        return new Comparison(better, base, share, seeds, difference, p, corrected);
    }

    boolean isSure() {
        return holm < LEVEL;
    }
}
