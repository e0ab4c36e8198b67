package dev.medzoo.training.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Precision at each recall that a threshold on a score reaches.
 *
 * @param points by growing recall; the first has recall 0 and the precision of the second
 */
public record PrecisionRecallCurve(List<Point> points) {
    public PrecisionRecallCurve {
        points = List.copyOf(points);
    }

    /**
     * What one threshold does.
     *
     * @param recall share of the positives that reach it
     * @param precision share of those that reach it that are positive
     */
    public record Point(double recall, double precision) {}

    /**
     * The curve of some scores, equal ones passed in one step.
     *
     * @throws IllegalArgumentException without a positive
     */
    public static PrecisionRecallCurve of(double[] scores, boolean[] positive) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
        int positives = 0;
        for (boolean each : positive) {
            positives += each ? 1 : 0;
        }
        if (positives == 0) {
            throw new IllegalArgumentException("precision: 0 positives (expected: some)");
        }
        List<Point> points = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < order.length; i++) {
            found += positive[order[i]] ? 1 : 0;
            if (i + 1 == order.length || scores[order[i]] != scores[order[i + 1]]) {
                points.add(new Point((double) found / positives, (double) found / (i + 1)));
            }
        }
        points.add(0, new Point(0, points.get(0).precision()));
        return new PrecisionRecallCurve(points);
    }

    /**
     * The mean precision over the positives: the sum of each step of recall times the precision it
     * ends with, without interpolation.
     *
     * @return in (0, 1]
     */
    public double averagePrecision() {
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            sum +=
                    (points.get(i).recall() - points.get(i - 1).recall())
                            * points.get(i).precision();
        }
        return sum;
    }
}
