package dev.medzoo.translate.finding;

/**
 * Split conformal prediction with the least ambiguous sets (Sadinle, Lei and Wasserman 2019). The
 * threshold was fitted so that, for pictures like the validation ones, the sets contain the true
 * label at least as often as stated.
 *
 * <p>The most probable label is always in the set. So sets may be larger than the theory requires,
 * never smaller, and none is empty.
 *
 * @param coverage stated share of pictures whose set contains the true label, in (0, 1)
 * @param threshold least calibrated probability of a label in the set, in [0, 1]
 */
public record Conformal(double coverage, double threshold) {
    public Conformal {
        checkCoverage(coverage);
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "conformal threshold: " + threshold + " (expected: 0..1)");
        }
    }

    /**
     * Whether a label is in the set of a picture.
     *
     * @param probability of the label, calibrated
     * @param highest probability of all the picture's labels
     */
    public boolean includes(double probability, double highest) {
        return probability >= threshold || probability == highest;
    }

    static void checkCoverage(double coverage) {
        if (!(coverage > 0 && coverage < 1)) {
            throw new IllegalArgumentException(
                    "coverage: " + coverage + " (expected: above 0, below 1)");
        }
    }
}
