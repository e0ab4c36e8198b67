package dev.medzoo.training.measure;

import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Gaussian;
import dev.medzoo.translate.finding.Gaussian.Direction;
import dev.medzoo.translate.transform.SymmetricEigen;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits a {@link Domain}: a Gaussian to the features of the training pictures, and the threshold to
 * those of pictures that the network never learned from, whose distances are larger.
 */
public final class DomainFit {
    /** Share of the validation pictures that count as the model's own kind. */
    public static final double OWN = 0.99;

    private static final int MOST_DIRECTIONS = 24;
    private static final int PICTURES_PER_DIRECTION = 10;

    /** So that features that never change have a distance too. */
    private static final double LEAST_VARIANCE = 1e-9;

    /** Of the numbers written: more would make the artifact longer, and no verdict other. */
    private static final MathContext DIGITS = new MathContext(6);

    private DomainFit() {}

    /**
     * Fits to features, one array a picture, all of one length.
     *
     * @param train that the Gaussian is fitted to, at least one
     * @param val that the threshold is fitted to, at least one
     */
    public static Domain fit(List<float[]> train, List<float[]> val) {
        Gaussian features = gaussian(train);
        double[] distances =
                val.stream().mapToDouble(each -> features.distance(each, "features")).toArray();
        return new Domain(features, quantile(distances, OWN));
    }

    /** A Gaussian fitted to rows of numbers, all of one length, at least one. */
    static Gaussian gaussian(List<float[]> train) {
        double[] mean = mean(train);
        SymmetricEigen.Pair[] pairs = SymmetricEigen.of(covariance(train, mean));
        int directions =
                Math.min(
                        MOST_DIRECTIONS,
                        Math.min(mean.length - 1, train.size() / PICTURES_PER_DIRECTION));
        double residual =
                Arrays.stream(pairs).skip(directions).mapToDouble(SymmetricEigen.Pair::value).sum()
                        / (mean.length - directions);
        List<Direction> kept = new ArrayList<>();
        for (SymmetricEigen.Pair pair : Arrays.asList(pairs).subList(0, directions)) {
            kept.add(new Direction(variance(pair.value()), rounded(pair.vector())));
        }
        return new Gaussian(rounded(mean), kept, variance(residual));
    }

    private static double quantile(double[] scores, double share) {
        double[] sorted = Arrays.stream(scores).sorted().toArray();
        int rank = (int) Math.ceil((sorted.length + 1) * share);
        return sorted[Math.min(rank, sorted.length) - 1];
    }

    private static double[] mean(List<float[]> features) {
        double[] mean = new double[features.get(0).length];
        for (float[] each : features) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += each[i] / (double) features.size();
            }
        }
        return mean;
    }

    private static double[][] covariance(List<float[]> features, double[] mean) {
        double[][] covariance = new double[mean.length][mean.length];
        for (float[] each : features) {
            for (int row = 0; row < mean.length; row++) {
                double share = (each[row] - mean[row]) / features.size();
                for (int column = 0; column < mean.length; column++) {
                    covariance[row][column] += share * (each[column] - mean[column]);
                }
            }
        }
        return covariance;
    }

    private static double variance(double value) {
        return rounded(Math.max(value, LEAST_VARIANCE));
    }

    static List<Double> rounded(double[] values) {
        return Arrays.stream(values).mapToObj(DomainFit::rounded).toList();
    }

    static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
