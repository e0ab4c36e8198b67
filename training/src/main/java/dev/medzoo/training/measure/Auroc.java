package dev.medzoo.training.measure;

import java.util.Arrays;
import java.util.Comparator;

/** Area under the receiver operating characteristic. */
public final class Auroc {
    private Auroc() {}

    /**
     * The chance that a positive scores above a negative, ties counting half (Hanley and McNeil
     * 1982).
     *
     * @return in [0, 1]; {@code NaN} without a positive, without a negative, or where a score is
     *     {@code NaN}
     */
    public static double of(double[] scores, boolean[] positive) {
        if (Arrays.stream(scores).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double rankSum = 0;
        long positives = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                to++;
            }
            double rank = (from + to + 1) / 2.0;
            for (int i = from; i < to; i++) {
                if (positive[order[i]]) {
                    rankSum += rank;
                    positives++;
                }
            }
            from = to;
        }
        long negatives = scores.length - positives;
        if (positives == 0 || negatives == 0) {
            return Double.NaN;
        }
        return (rankSum - positives * (positives + 1) / 2.0) / positives / negatives;
    }
}
