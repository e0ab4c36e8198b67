package dev.medzoo.translate.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.medzoo.translate.finding.Gaussian.Direction;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Detects out-of-distribution pictures by their Mahalanobis distance (Lee et al. 2018) from a
 * {@link Gaussian} fitted to the pooled features of the training pictures.
 *
 * @param mean of the training pictures' features
 * @param directions the widest first, as long as the mean, perpendicular to each other
 * @param residualVariance along every other direction, above 0
 * @param threshold distance above which a picture is out of distribution; above 0 if there are
 *     other checks
 * @param checks further checks, or null if the distance alone decides
 */
public record Domain(
        List<Double> mean,
        List<Direction> directions,
        double residualVariance,
        double threshold,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ForeignChecks checks) {

    public Domain {
        Gaussian features = new Gaussian(mean, directions, residualVariance);
        mean = features.mean();
        directions = features.directions();
        OutOfDistribution.checkDistance("threshold", threshold);
        if (checks != null) {
            check(checks, mean.size(), threshold);
        }
    }

    /** Creates a domain in which the distance alone decides. */
    public Domain(Gaussian features, double threshold) {
        this(features.mean(), features.directions(), features.residualVariance(), threshold, null);
    }

    private static void check(ForeignChecks checks, int features, double threshold) {
        int weights = checks.boundary().features().size();
        if (weights != features) {
            throw new IllegalArgumentException(
                    "boundary features: %d numbers (expected: as many as the mean, %d)"
                            .formatted(weights, features));
        }
        if (threshold == 0) {
            throw new IllegalArgumentException(
                    "threshold: 0.0 (expected: above 0, as there are other checks)");
        }
    }

    /** Returns a copy with other checks beside the distance. */
    public Domain with(ForeignChecks others) {
        return new Domain(mean, directions, residualVariance, threshold, others);
    }

    /**
     * Scores one picture. With checks the score is the maximum of all parts, each divided by its
     * own threshold, so that the overall threshold is 1. Without checks it is the distance.
     *
     * @param features pooled, as many as the mean has
     * @param picture statistics of the picture; only a domain with checks needs them
     * @throws IllegalStateException if the model gave another count, or a number that is not finite
     */
    public OutOfDistribution judge(float[] features, @Nullable PictureStatistics picture) {
        double distance = distance(features);
        if (checks == null) {
            return new OutOfDistribution(distance, threshold);
        }
        PictureStatistics seen = Objects.requireNonNull(picture, "picture statistics");
        return new OutOfDistribution(
                Math.max(distance / threshold, checks.score(features, seen)), 1);
    }

    /**
     * The features' distance from the training pictures, see {@link Gaussian#distance}.
     *
     * @param features pooled, as many as the mean has
     * @return 0 or more
     * @throws IllegalStateException if the model gave another count, or a number that is not finite
     */
    public double distance(float[] features) {
        return new Gaussian(mean, directions, residualVariance).distance(features, "features");
    }
}
