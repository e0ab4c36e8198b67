package dev.medzoo.training.measure;

import dev.medzoo.translate.finding.Conformal;
import java.util.Arrays;

/**
 * Fits the threshold of conformal sets (split conformal prediction, Vovk et al. 2005): where
 * validation and later pictures are alike, the sets hold the true label at least as often as
 * stated. Pictures of one group are not independent, so the card gives what was measured on {@code
 * test} beside what is stated.
 */
public final class SplitConformal {
    /** So that 27.000000000000004 is the 27th. */
    private static final double ROUNDING = 1e-9;

    private SplitConformal() {}

    /**
     * Of n pictures, the ⌈(n + 1) coverage⌉-th highest probability of a true label; 0, so that no
     * label is ruled out, where n is too small for the coverage.
     *
     * @param scores of held-out pictures
     * @param coverage to state, in (0, 1)
     */
    public static Conformal fit(Scores scores, double temperature, double coverage) {
        int size = scores.size();
        double[] ofTruth = new double[size];
        Arrays.setAll(ofTruth, i -> scores.probabilities(i, temperature)[scores.truth().get(i)]);
        Arrays.sort(ofTruth);
        int rank = (int) Math.ceil((size + 1) * coverage - ROUNDING);
        return new Conformal(coverage, rank > size ? 0 : ofTruth[size - rank]);
    }
}
