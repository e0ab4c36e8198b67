package dev.medzoo.translate;

import java.util.Arrays;
import java.util.List;

/**
 * Where a model's training pictures lie among its pooled features, and how far from them a picture
 * may lie: a Gaussian, spread along a few principal directions and alike along all others
 * (probabilistic principal components, Tipping and Bishop 1999), whose Mahalanobis distance tells
 * pictures of another kind (Lee et al. 2018).
 *
 * @param mean of the training pictures' features
 * @param directions the widest first, as long as the mean, perpendicular to each other
 * @param residualVariance along every other direction, above 0
 * @param threshold the score above which a picture counts as another kind
 */
public record Domain(
        List<Double> mean, List<Direction> directions, double residualVariance, double threshold) {
    private static final double ROUNDING = 1e-3;

    /**
     * One principal direction.
     *
     * @param variance of the training pictures along it, above 0
     * @param vector of length 1
     */
    public record Direction(double variance, List<Double> vector) {
        public Direction {
            checkVariance("direction variance", variance);
            vector = List.copyOf(vector);
            double squares = vector.stream().mapToDouble(x -> x * x).sum();
            if (!(Math.abs(squares - 1) <= ROUNDING)) {
                throw new IllegalArgumentException(
                        "direction length: " + Math.sqrt(squares) + " (expected: 1)");
            }
        }
    }

    public Domain {
        mean = List.copyOf(mean);
        directions = List.copyOf(directions);
        if (mean.isEmpty() || !mean.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "domain mean: " + mean + " (expected: finite numbers, at least one)");
        }
        for (Direction direction : directions) {
            if (direction.vector().size() != mean.size()) {
                throw new IllegalArgumentException(
                        "direction: %d numbers (expected: as many as the mean, %d)"
                                .formatted(direction.vector().size(), mean.size()));
            }
        }
        checkVariance("residualVariance", residualVariance);
        OutOfDistribution.checkDistance("threshold", threshold);
    }

    /** The same domain with another threshold. */
    public Domain withThreshold(double other) {
        return new Domain(mean, directions, residualVariance, other);
    }

    /**
     * Judges one picture.
     *
     * @param features pooled, as many as the mean has
     * @throws IllegalStateException if the model gave another count, or a number that is not finite
     */
    public OutOfDistribution judge(float[] features) {
        return new OutOfDistribution(score(features), threshold);
    }

    /**
     * The Mahalanobis distance from the mean, divided by the square root of the number of features:
     * 1 is what the training pictures have as the root of their mean square.
     *
     * @param features pooled, as many as the mean has
     * @return 0 or more
     * @throws IllegalStateException if the model gave another count, or a number that is not finite
     */
    public double score(float[] features) {
        double[] centred = centred(features);
        double beside = Arrays.stream(centred).map(x -> x * x).sum();
        double squared = 0;
        for (Direction direction : directions) {
            double along = dot(direction.vector(), centred);
            squared += along * along / direction.variance();
            beside -= along * along;
        }
        squared += Math.max(0, beside) / residualVariance;
        return Math.sqrt(squared / centred.length);
    }

    private double[] centred(float[] features) {
        double[] centred = new double[features.length];
        boolean finite = true;
        for (int i = 0; i < features.length && features.length == mean.size(); i++) {
            centred[i] = features[i] - mean.get(i);
            finite &= Float.isFinite(features[i]);
        }
        if (features.length != mean.size() || !finite) {
            throw new IllegalStateException(
                    "features: %s (expected: %d finite numbers)"
                            .formatted(Arrays.toString(features), mean.size()));
        }
        return centred;
    }

    private static double dot(List<Double> vector, double[] other) {
        double sum = 0;
        for (int i = 0; i < other.length; i++) {
            sum += vector.get(i) * other[i];
        }
        return sum;
    }

    private static void checkVariance(String name, double variance) {
        if (!(variance > 0 && Double.isFinite(variance))) {
            throw new IllegalArgumentException(
                    name + ": " + variance + " (expected: above 0, finite)");
        }
    }
}
