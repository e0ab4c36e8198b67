package dev.medzoo.training.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** How far the probabilities of a split's pictures lie from what happened; lower is better. */
final class ProbabilityErrors {
    private static final int BINS = 15;

    /** Of each picture: the probability of the named label. */
    private final double[] confidence;

    /** Of each picture: that probability, less 1 where the named label is the true one. */
    private final double[] gap;

    /** The pictures, the least confident first. */
    private final int[] byConfidence;

    private final double[] brier;
    private final double[] logLoss;

    ProbabilityErrors(Scores scores, double temperature) {
        int size = scores.size();
        confidence = new double[size];
        gap = new double[size];
        brier = new double[size];
        logLoss = new double[size];
        for (int picture = 0; picture < size; picture++) {
            double[] probabilities = scores.probabilities(picture, temperature);
            double[] logits = scores.logits().get(picture);
            int truth = scores.truth().get(picture);
            int named = scores.named(picture);
            confidence[picture] = probabilities[named];
            gap[picture] = probabilities[named] - (named == truth ? 1 : 0);
            brier[picture] = squaredDistance(probabilities, truth);
            // From the logits: the probability itself may be too small to have a logarithm.
            logLoss[picture] = Energy.logSumExp(logits, temperature) - logits[truth] / temperature;
        }
        byConfidence =
                IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparingDouble(picture -> confidence[picture]))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private static double squaredDistance(double[] probabilities, int truth) {
        double sum = 0;
        for (int label = 0; label < probabilities.length; label++) {
            double off = probabilities[label] - (label == truth ? 1 : 0);
            sum += off * off;
        }
        return sum;
    }

    /**
     * All of them by name.
     *
     * @param pictures indices into the scores, with repetition in a bootstrap
     */
    Map<String, Double> of(int[] pictures) {
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("error", error(pictures));
        measures.put("adaptiveError", adaptiveError(pictures));
        measures.put("brier", mean(brier, pictures));
        measures.put("logLoss", logLoss(pictures));
        return measures;
    }

    /** Mean negative logarithm of the true label's probability, in nats. */
    double logLoss(int[] pictures) {
        return mean(logLoss, pictures);
    }

    /**
     * Expected calibration error: how far the confidence in the named label lies from the share of
     * right ones, over bins of equal width (Guo et al. 2017).
     */
    double error(int[] pictures) {
        double[] gaps = new double[BINS];
        for (int picture : pictures) {
            gaps[Math.min(BINS - 1, (int) (confidence[picture] * BINS))] += gap[picture];
        }
        return meanOf(gaps, pictures.length);
    }

    /** The same over bins of equally many pictures (Nguyen and O'Connor 2015). */
    double adaptiveError(int[] pictures) {
        int[] times = new int[byConfidence.length];
        for (int picture : pictures) {
            times[picture]++;
        }
        double[] gaps = new double[BINS];
        long passed = 0;
        for (int picture : byConfidence) {
            for (int i = 0; i < times[picture]; i++) {
                gaps[(int) (passed * BINS / pictures.length)] += gap[picture];
                passed++;
            }
        }
        return meanOf(gaps, pictures.length);
    }

    private static double meanOf(double[] gaps, int pictures) {
        return Arrays.stream(gaps).map(Math::abs).sum() / pictures;
    }

    private static double mean(double[] values, int[] pictures) {
        return Arrays.stream(pictures).mapToDouble(picture -> values[picture]).sum()
                / pictures.length;
    }
}
