package dev.medzoo.benchmarks.serving;

import java.util.Arrays;
import java.util.Locale;

/**
 * A figure of several rounds.
 *
 * @param median of them, the upper one of an even number
 * @param least of them
 * @param most of them
 */
record Spread(double median, double least, double most) {
    /** Of at least one round. */
    static Spread of(double[] rounds) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** Round by round, one divided by another. */
    static Spread ofRatios(double[] above, double[] below) {
        double[] ratios = new double[above.length];
        Arrays.setAll(ratios, i -> above[i] / below[i]);
        return of(ratios);
    }

    /** The median, and in brackets the least and the most. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f [%.2f, %.2f]", median, least, most);
    }
}
