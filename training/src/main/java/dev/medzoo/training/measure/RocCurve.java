package dev.medzoo.training.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Receiver operating characteristic: what each threshold on a score gains and costs. The area under
 * it is {@link Auroc}.
 *
 * @param points from (0, 0) to (1, 1); those on the straight line between two others are left out
 */
public record RocCurve(List<Point> points) {
    public RocCurve {
        points = List.copyOf(points);
    }

    /**
     * What one threshold does.
     *
     * @param falsePositiveRate share of the negatives that reach it
     * @param truePositiveRate share of the positives that reach it
     */
    public record Point(double falsePositiveRate, double truePositiveRate) {}

    /**
     * The curve of some scores, equal ones passed in one step.
     *
     * @throws IllegalArgumentException without a positive or without a negative
     */
    public static RocCurve of(double[] scores, boolean[] positive) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
        List<long[]> corners = new ArrayList<>();
        long negatives = 0;
        long positives = 0;
        corners.add(new long[] {negatives, positives});
        for (int i = 0; i < order.length; i++) {
            if (positive[order[i]]) {
                positives++;
            } else {
                negatives++;
            }
            if (i + 1 == order.length || scores[order[i]] != scores[order[i + 1]]) {
                add(corners, new long[] {negatives, positives});
            }
        }
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException(
                    "ROC: %d positives, %d negatives (expected: some of each)"
                            .formatted(positives, negatives));
        }
        List<Point> points = new ArrayList<>();
        for (long[] corner : corners) {
            points.add(new Point((double) corner[0] / negatives, (double) corner[1] / positives));
        }
        return new RocCurve(points);
    }

    /** Moves the last corner on when the line goes straight through it. */
    private static void add(List<long[]> corners, long[] next) {
        int last = corners.size() - 1;
        if (last > 0) {
            long[] from = corners.get(last - 1);
            long[] over = corners.get(last);
            long turn =
                    (over[0] - from[0]) * (next[1] - over[1])
                            - (over[1] - from[1]) * (next[0] - over[0]);
            if (turn == 0) {
                corners.remove(last);
            }
        }
        corners.add(next);
    }
}
