package dev.medzoo.translate;

import java.util.List;

/**
 * A plane between a model's own pictures and foreign ones (logistic regression), fitted to examples
 * of both: outlier exposure (Hendrycks et al. 2019).
 *
 * @param features weight of each pooled feature
 * @param statistics weight of each of the {@link PictureStatistics}
 * @param offset such that 0 is the limit
 */
public record Boundary(List<Double> features, List<Double> statistics, double offset) {
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
    }

    private static void checkFinite(String name, List<Double> numbers) {
        if (!numbers.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(name + ": " + numbers + " (expected: finite)");
        }
    }

    /**
     * How far on the foreign side one picture lies: {@code log2(1 + exp(logit))}, 0 deep among the
     * own, 1 at the limit, and growing evenly beyond.
     */
    double score(float[] ofFeatures, float[] ofStatistics) {
        double logit = offset + dot(features, ofFeatures) + dot(statistics, ofStatistics);
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
}
