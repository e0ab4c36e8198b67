package dev.medzoo.training.pretrain;

import dev.medzoo.translate.finding.Reading;

/**
 * Multinomial logistic regression with a weight penalty, every class counting alike, fitted by Adam
 * on all rows at once: a convex problem that 300 steps solve well enough to compare features.
 */
final class LinearClassifier {
    private static final int STEPS = 300;
    private static final double RATE = 0.02;
    private static final double PENALTY = 1e-3;
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    /** (classes, features + 1), the last column the bias. */
    private final double[][] weights;

    private LinearClassifier(double[][] weights) {
        this.weights = weights;
    }

    static LinearClassifier fit(double[][] rows, int[] labels, int classes) {
        int width = rows[0].length + 1;
        double[] classWeights = NearestNeighbours.classWeights(labels, classes);
        LinearClassifier fitted = new LinearClassifier(new double[classes][width]);
        double[][] means = new double[classes][width];
        double[][] squares = new double[classes][width];
        for (int step = 1; step <= STEPS; step++) {
            double[][] gradient = fitted.gradient(rows, labels, classWeights);
            double rate = RATE * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
            for (int c = 0; c < classes; c++) {
                for (int j = 0; j < width; j++) {
                    double g = gradient[c][j];
                    means[c][j] = BETA1 * means[c][j] + (1 - BETA1) * g;
                    squares[c][j] = BETA2 * squares[c][j] + (1 - BETA2) * g * g;
                    fitted.weights[c][j] -= rate * means[c][j] / (Math.sqrt(squares[c][j]) + 1e-8);
                }
            }
        }
        return fitted;
    }

    private double[][] gradient(double[][] rows, int[] labels, double[] classWeights) {
        int width = rows[0].length + 1;
        double[][] gradient = new double[weights.length][width];
        for (int i = 0; i < rows.length; i++) {
            double[] probabilities = Reading.softmax(logits(rows[i]), 1);
            double share = classWeights[labels[i]] / rows.length;
            for (int c = 0; c < weights.length; c++) {
                double error = share * (probabilities[c] - (c == labels[i] ? 1 : 0));
                for (int j = 0; j < width - 1; j++) {
                    gradient[c][j] += error * rows[i][j];
                }
                gradient[c][width - 1] += error;
            }
        }
        for (int c = 0; c < weights.length; c++) {
            for (int j = 0; j < width - 1; j++) {
                gradient[c][j] += PENALTY * weights[c][j];
            }
        }
        return gradient;
    }

    private double[] logits(double[] row) {
        double[] logits = new double[weights.length];
        for (int c = 0; c < weights.length; c++) {
            double sum = weights[c][row.length];
            for (int j = 0; j < row.length; j++) {
                sum += weights[c][j] * row[j];
            }
            logits[c] = sum;
        }
        return logits;
    }

    int name(double[] row) {
        return NearestNeighbours.highest(logits(row));
    }
}
