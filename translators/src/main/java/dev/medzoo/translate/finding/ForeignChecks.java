package dev.medzoo.translate.finding;

/**
 * What tells foreign pictures besides the distance of their features. A network has learnt to tell
 * its classes and nothing else, so a picture without structure, or of another world, may lie in the
 * middle of its features.
 *
 * @param leastContrast deviation of grey, in [0, 1], under which a picture is flat and always
 *     foreign; above 0
 * @param statistics where the own pictures' {@link PictureStatistics} lie
 * @param statisticsThreshold distance from there beyond which a picture is foreign, above 0
 * @param boundary between own and foreign pictures
 */
public record ForeignChecks(
        double leastContrast, Gaussian statistics, double statisticsThreshold, Boundary boundary) {
    /** So that the score of a picture without any contrast is a number. */
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
     * The greatest of the checks, each relative to its own limit.
     *
     * @return 0 or more; beyond 1 the picture is foreign
     */
    double score(float[] features, PictureStatistics picture) {
        double flat = leastContrast / Math.max(NO_CONTRAST, picture.contrast());
        double unlike = statistics.distance(picture.numbers(), "picture statistics");
        return Math.max(
                Math.max(flat, unlike / statisticsThreshold),
                boundary.score(features, picture.numbers()));
    }
}
