package dev.medzoo.training.pretrain;

import java.util.List;

/** Brings every feature to mean 0 and deviation 1 over the pictures it was made from. */
final class FeatureScale {
    private final double[] mean;
    private final double[] deviation;

    private FeatureScale(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    static FeatureScale of(List<double[]> rows) {
        int width = rows.get(0).length;
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                mean[j] += row[j] / rows.size();
            }
        }
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.size();
            }
        }
        for (int j = 0; j < width; j++) {
            deviation[j] = Math.sqrt(deviation[j]) + 1e-9;
        }
        return new FeatureScale(mean, deviation);
    }

    /** A row of the same features, scaled. */
    double[] apply(double[] row) {
        double[] scaled = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            scaled[j] = (row[j] - mean[j]) / deviation[j];
        }
        return scaled;
    }
}
