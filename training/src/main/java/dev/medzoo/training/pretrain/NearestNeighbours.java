package dev.medzoo.training.pretrain;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * Names the class that most of the nearest known rows have, each vote weighted by exp(cosine /
 * 0.07) and by how rare its class is (Wu et al. 2018).
 */
final class NearestNeighbours {
    private static final int COUNT = 20;
    private static final double TEMPERATURE = 0.07;

    private final double[][] known;
    private final int[] labels;
    private final double[] classWeights;

    private record Neighbour(double cosine, int label) {}

    NearestNeighbours(double[][] known, int[] labels, int classes) {
        this.known = known;
        this.labels = labels;
        classWeights = classWeights(labels, classes);
    }

    /** One over each class's share. */
    static double[] classWeights(int[] labels, int classes) {
        double[] weights = new double[classes];
        for (int label : labels) {
            weights[label]++;
        }
        for (int label = 0; label < classes; label++) {
            weights[label] = labels.length / (classes * Math.max(1, weights[label]));
        }
        return weights;
    }

    int name(double[] row) {
        PriorityQueue<Neighbour> nearest =
                new PriorityQueue<>(Comparator.comparingDouble(Neighbour::cosine));
        double length = Math.sqrt(dot(row, row));
        for (int i = 0; i < known.length; i++) {
            double cosine = dot(row, known[i]) / (length * Math.sqrt(dot(known[i], known[i])));
            nearest.add(new Neighbour(cosine, labels[i]));
            if (nearest.size() > COUNT) {
                nearest.poll();
            }
        }
        double[] votes = new double[classWeights.length];
        for (Neighbour of : nearest) {
            votes[of.label()] += classWeights[of.label()] * Math.exp(of.cosine() / TEMPERATURE);
        }
        return highest(votes);
    }

    /**
     * The row that is nearest to another of them by cosine.
     *
     * @param but rows that do not count
     * @return its index, or -1 where none counts
     */
    static int nearest(double[][] rows, int to, IntPredicate but) {
        int best = -1;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rows.length; i++) {
            if (i != to && !but.test(i)) {
                double cosine = dot(rows[to], rows[i]) / Math.sqrt(dot(rows[i], rows[i]));
                if (cosine > highest) {
                    highest = cosine;
                    best = i;
                }
            }
        }
        return best;
    }

    /** Index of the highest number; the first of equals. */
    static int highest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
