package dev.medzoo.training.measure;

import java.util.Arrays;

/**
 * Fits the top probability under which a model abstains, so that it answers a stated share of
 * pictures: those it is surest of (selective classification, Geifman and El-Yaniv 2017).
 */
public final class AbstainThreshold {
    private AbstainThreshold() {}

    /**
     * The highest threshold that leaves at least the share answered.
     *
     * @param scores of held-out pictures
     * @param answered share to answer, in (0, 1]
     * @return in [0, 1)
     */
    public static double fit(Scores scores, double temperature, double answered) {
        double[] top = new double[scores.size()];
        Arrays.setAll(top, i -> scores.probabilities(i, temperature)[scores.named(i)]);
        Arrays.sort(top);
        int abstained = (int) (scores.size() * (1 - answered) + 1e-9);
        return Math.min(top[abstained], Math.nextDown(1.0));
    }
}
