package dev.medzoo.translate.finding;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A boundary between a model's own pictures and foreign ones (logistic regression), fitted to
 * examples of both: outlier exposure (Hendrycks et al. 2019).
 *
 * @param features weight of each pooled feature
 * @param statistics weight of each of the {@link PictureStatistics}
 * @param offset such that 0 is the limit
 * @param sides weights for how far each number lies from the own pictures' mean, whichever way;
 *     null for none, which makes the boundary a plane
 */
public record Boundary(
        List<Double> features,
        List<Double> statistics,
        double offset,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sides sides) {
    /**
     * What a plane cannot say: that foreign pictures lie on both sides of the own ones.
     *
     * @param mean of the own pictures: features, then statistics
     * @param weights for the distance of each number from its mean, in the same order
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

    /** A plane. */
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
     * How far on the foreign side one picture lies: {@code log2(1 + exp(logit))}, 0 deep among the
     * own, 1 at the limit, and growing evenly beyond.
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
