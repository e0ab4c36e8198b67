package dev.medzoo.zoo.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Counts of pictures by true label (row) and named label (column), and what follows from them. */
public final class ConfusionMatrix {
    private final int[][] counts;

    public ConfusionMatrix(int classes) {
        counts = new int[classes][classes];
    }

    public void add(int truth, int named) {
        counts[truth][named]++;
    }

    /** Pictures truly of a class. */
    public int pictures(int label) {
        return Arrays.stream(counts[label]).sum();
    }

    /** Share of pictures named of a class that are of it; 0 where none was named so. */
    public double precision(int label) {
        int named = 0;
        for (int[] row : counts) {
            named += row[label];
        }
        return share(counts[label][label], named);
    }

    /** Share of pictures of a class that were named so; 0 where there is none. */
    public double recall(int label) {
        return share(counts[label][label], pictures(label));
    }

    /** Harmonic mean of precision and recall; 0 where both are 0. */
    public double f1(int label) {
        double precision = precision(label);
        double recall = recall(label);
        return share(2 * precision * recall, precision + recall);
    }

    /** Mean F1 of the classes that have pictures. */
    public double macroF1() {
        return meanOfPresent(this::f1);
    }

    /** Mean recall of the classes that have pictures. */
    public double balancedAccuracy() {
        return meanOfPresent(this::recall);
    }

    /** Share of all pictures whose label was named. */
    public double accuracy() {
        int right = 0;
        int all = 0;
        for (int label = 0; label < counts.length; label++) {
            right += counts[label][label];
            all += pictures(label);
        }
        return share(right, all);
    }

    public List<List<Integer>> rows() {
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : counts) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return rows;
    }

    private double meanOfPresent(IntToDoubleFunction measure) {
        double sum = 0;
        int present = 0;
        for (int label = 0; label < counts.length; label++) {
            if (pictures(label) > 0) {
                sum += measure.applyAsDouble(label);
                present++;
            }
        }
        return share(sum, present);
    }

    private static double share(double part, double total) {
        return total == 0 ? 0 : part / total;
    }
}
