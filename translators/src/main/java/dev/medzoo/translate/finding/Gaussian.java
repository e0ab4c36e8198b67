package dev.medzoo.translate.finding;

import java.util.Arrays;
import java.util.List;

/**
 * A Gaussian distribution of numbers measured on pictures of one kind, with its own variance along
 * a few principal directions and one variance along all others (probabilistic PCA, Tipping and
 * Bishop 1999).
 *
 * @param mean of the pictures
 * @param directions the widest first, as long as the mean, perpendicular to each other
 * @param residualVariance along every other direction, above 0
 */
public record Gaussian(List<Double> mean, List<Direction> directions, double residualVariance) {
    private static final double ROUNDING = 1e-3;

    /**
     * One principal direction.
     *
     * @param variance of the pictures along it, above 0
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

    public Gaussian {
        mean = List.copyOf(mean);
        directions = List.copyOf(directions);
        if (mean.isEmpty() || !mean.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "mean: " + mean + " (expected: finite numbers, at least one)");
        }
        for (Direction direction : directions) {
            if (direction.vector().size() != mean.size()) {
                throw new IllegalArgumentException(
                        "direction: %d numbers (expected: as many as the mean, %d)"
                                .formatted(direction.vector().size(), mean.size()));
            }
        }
        checkVariance("residualVariance", residualVariance);
    }

    /**
     * Mahalanobis distance from the mean, divided by the square root of the number of dimensions.
     * So the fitted pictures have a root mean square distance of 1.
     *
     * @param numbers of one picture, as many as the mean has
     * @param name of the numbers, for messages
     * @return 0 or more
     * @throws IllegalStateException for another count, or a number that is not finite
     */
    public double distance(float[] numbers, String name) {
        double[] centred = centred(numbers, name);
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

    private double[] centred(float[] numbers, String name) {
        double[] centred = new double[numbers.length];
        boolean finite = true;
        for (int i = 0; i < numbers.length && numbers.length == mean.size(); i++) {
            centred[i] = numbers[i] - mean.get(i);
            finite &= Float.isFinite(numbers[i]);
        }
        if (numbers.length != mean.size() || !finite) {
            throw new IllegalStateException(
                    "%s: %s (expected: %d finite numbers)"
                            .formatted(name, Arrays.toString(numbers), mean.size()));
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
