package dev.medzoo.translate.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision boundary between in-distribution and foreign pictures: logistic regression fitted to
 * examples of both (outlier exposure, Hendrycks et al. 2019).
 *
 * @param features weight of each pooled feature
 * @param statistics weight of each of the {@link PictureStatistics}
 * @param offset chosen so that 0 is the decision threshold
 * @param sides weights of each number's absolute distance from the in-distribution mean; null for
 *     none, which makes the boundary a plane
 */
public record Boundary(
        List<Double> features,
        List<Double> statistics,
        double offset,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sides sides) {
    /**
     * Weights of absolute distances, for foreign pictures on both sides of the in-distribution
     * ones, which a plane cannot separate.
     *
     * @param mean of the in-distribution pictures: features, then statistics
     * @param weights of each number's absolute distance from its mean, in the same order
     */
    public record Sides(List<Double> mean, List<Double> weights) {
        public Sides {
            mean = List.copyOf(mean);
            weights = List.copyOf(weights);
            checkFinite("boundary sides mean", mean);
            checkFinite("boundary sides weights", weights);
        }
    }

    public Boundary {
        features = List.copyOf(features);
        statistics = List.copyOf(statistics);
        if (statistics.size() != PictureStatistics.COUNT) {
            throw new IllegalArgumentException(
                    "boundary statistics: %d numbers (expected: %d)"
                            .formatted(statistics.size(), PictureStatistics.COUNT));
        }
        checkFinite("boundary features", features);
        checkFinite("boundary statistics", statistics);
        checkFinite("boundary offset", List.of(offset));
        if (sides != null) {
            int count = features.size() + statistics.size();
            checkCount("boundary sides mean", sides.mean(), count);
            checkCount("boundary sides weights", sides.weights(), count);
        }
    }

    /** Creates a plane. */
    public Boundary(List<Double> features, List<Double> statistics, double offset) {
        this(features, statistics, offset, null);
    }

    private static void checkFinite(String name, List<Double> numbers) {
        if (!numbers.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(name + ": " + numbers + " (expected: finite)");
        }
    }

    private static void checkCount(String name, List<Double> numbers, int expected) {
        if (numbers.size() != expected) {
            throw new IllegalArgumentException(
                    "%s: %d numbers (expected: %d, as many as features and statistics)"
                            .formatted(name, numbers.size(), expected));
        }
    }

    /**
     * Scores one picture: {@code log2(1 + exp(logit))}, which is 0 far inside the distribution, 1
     * at the boundary, and grows linearly beyond.
     */
    double score(float[] ofFeatures, float[] ofStatistics) {
        double logit = offset + dot(features, ofFeatures) + dot(statistics, ofStatistics);
        if (sides != null) {
            logit += away(sides, 0, ofFeatures) + away(sides, ofFeatures.length, ofStatistics);
        }
        double soft = Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit)));
        return soft / Math.log(2);
    }

    private static double dot(List<Double> weights, float[] numbers) {
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += weights.get(i) * numbers[i];
        }
        return sum;
    }

    private static double away(Sides sides, int from, float[] numbers) {
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            double distance = Math.abs(numbers[i] - sides.mean.get(from + i));
            sum += sides.weights.get(from + i) * distance;
        }
        return sum;
    }
}
