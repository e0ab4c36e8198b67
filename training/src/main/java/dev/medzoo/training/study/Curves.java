package dev.medzoo.training.study;

import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.report.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Curves of verdicts: how well they tell classes apart, and how well they know how sure to be. */
final class Curves {
    private static final int STEPS = 100;
    private static final int BINS = 10;

    private Curves() {}

    /**
     * Share of a class found against share of the others taken for it, as the measure {@code auroc}
     * sees it: the mean over the classes that can be told from others, and over the seeds.
     */
    static List<Point> roc(Collection<Scores> seeds) {
        double[] mean = new double[STEPS + 1];
        int curves = 0;
        for (Scores scores : seeds) {
            for (int label = 0; label < scores.classes(); label++) {
                int of = pictures(scores, label);
                if (of > 0 && of < scores.size()) {
                    double[] found = roc(scores, label, of);
                    Arrays.setAll(mean, step -> mean[step] + found[step]);
                    curves++;
                }
            }
        }
        int all = Math.max(1, curves);
        return IntStream.rangeClosed(0, STEPS)
                .mapToObj(step -> Point.of((double) step / STEPS, mean[step] / all))
                .toList();
    }

    private static int pictures(Scores scores, int label) {
        return (int) scores.truth().stream().filter(truth -> truth == label).count();
    }

    /** The share found when a share of 0/100, 1/100 ... 100/100 of the others is let through. */
    private static double[] roc(Scores scores, int label, int positives) {
        double[] score = new double[scores.size()];
        Arrays.setAll(score, picture -> scores.probabilities(picture, 1)[label]);
        List<Integer> order = new ArrayList<>(IntStream.range(0, score.length).boxed().toList());
        order.sort(Comparator.comparingDouble(picture -> -score[picture]));
        double[] found = new double[STEPS + 1];
        int hits = 0;
        int misses = 0;
        for (int picture : order) {
            if (scores.truth().get(picture) == label) {
                hits++;
            } else {
                misses++;
            }
            int from = (int) Math.ceil((double) STEPS * misses / (scores.size() - positives));
            found[from] = Math.max(found[from], (double) hits / positives);
        }
        for (int step = 1; step <= STEPS; step++) {
            found[step] = Math.max(found[step], found[step - 1]);
        }
        return found;
    }

    /** Share of right names against mean confidence, in bins of equal width that hold pictures. */
    static List<Point> reliability(Scores scores) {
        double[] confidence = new double[BINS];
        int[] right = new int[BINS];
        int[] pictures = new int[BINS];
        for (int i = 0; i < scores.size(); i++) {
            int named = scores.named(i);
            double sure = scores.probabilities(i, 1)[named];
            int bin = Math.min(BINS - 1, (int) (sure * BINS));
            confidence[bin] += sure;
            right[bin] += scores.truth().get(i) == named ? 1 : 0;
            pictures[bin]++;
        }
        return IntStream.range(0, BINS)
                .filter(bin -> pictures[bin] > 0)
                .mapToObj(
                        bin ->
                                Point.of(
                                        confidence[bin] / pictures[bin],
                                        (double) right[bin] / pictures[bin]))
                .toList();
    }
}
