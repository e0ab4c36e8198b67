package dev.medzoo.translate.finding;

/**
 * Out-of-distribution checks beside the distance of the features. A network learns only to separate
 * its classes, so a picture without structure, or of another subject, may lie in the middle of its
 * feature space.
 *
 * @param leastContrast standard deviation of grey, in [0, 1], below which a picture is flat and
 *     always foreign; above 0
 * @param statistics distribution of the {@link PictureStatistics} of in-distribution pictures
 * @param statisticsThreshold distance from it above which a picture is foreign, above 0
 * @param boundary decision boundary between in-distribution and foreign pictures
 */
public record ForeignChecks(
        double leastContrast, Gaussian statistics, double statisticsThreshold, Boundary boundary) {
    /** Keeps the score of a picture without contrast finite. */
    private static final double NO_CONTRAST = 1e-6;

    public ForeignChecks {
        if (!(leastContrast > NO_CONTRAST && leastContrast <= 1)) {
            throw new IllegalArgumentException(
                    "leastContrast: %s (expected: above %s, at most 1)"
                            .formatted(leastContrast, NO_CONTRAST));
        }
        if (statistics.mean().size() != PictureStatistics.COUNT) {
            throw new IllegalArgumentException(
                    "statistics mean: %d numbers (expected: %d)"
                            .formatted(statistics.mean().size(), PictureStatistics.COUNT));
        }
        if (!(statisticsThreshold > 0 && Double.isFinite(statisticsThreshold))) {
            throw new IllegalArgumentException(
                    "statisticsThreshold: %s (expected: above 0, finite)"
                            .formatted(statisticsThreshold));
        }
    }

    /**
     * Maximum of the checks, each divided by its own threshold.
     *
     * @return 0 or more; above 1 the picture is foreign
     */
    double score(float[] features, PictureStatistics picture) {
        double flat = leastContrast / Math.max(NO_CONTRAST, picture.contrast());
        double unlike = statistics.distance(picture.numbers(), "picture statistics");
        return Math.max(
                Math.max(flat, unlike / statisticsThreshold),
                boundary.score(features, picture.numbers()));
    }
}
