package dev.medzoo.translate.finding;

import dev.medzoo.translate.transform.Transform;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pre- and post-processing of a model: the part of {@code artifact.json} that is not its network.
 *
 * @param transform from pixels to the network's input
 * @param labels of the classes, in the order of the logits
 * @param temperature divisor of the logits that calibrates the probabilities (Guo et al. 2017); 1
 *     changes nothing
 * @param abstainBelow top probability below which the model abstains, in [0, 1): fitted so that a
 *     stated share of the validation pictures is answered (selective classification, El-Yaniv and
 *     Wiener 2010); 0 if it never abstains
 * @param conformal conformal prediction, or null if not fitted
 * @param domain out-of-distribution detection, or null if not fitted
 */
public record Reading(
        Transform transform,
        List<String> labels,
        double temperature,
        double abstainBelow,
        @Nullable Conformal conformal,
        @Nullable Domain domain) {
    public Reading {
        labels = List.copyOf(labels);
        if (labels.isEmpty()
                || labels.stream().anyMatch(String::isBlank)
                || new HashSet<>(labels).size() < labels.size()) {
            throw new IllegalArgumentException(
                    "labels: " + labels + " (expected: at least one, distinct, none blank)");
        }
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException(
                    "temperature: " + temperature + " (expected: above 0, finite)");
        }
        if (!(abstainBelow >= 0 && abstainBelow < 1)) {
            throw new IllegalArgumentException(
                    "abstainBelow: " + abstainBelow + " (expected: at least 0, below 1)");
        }
    }

    /** Creates a reading without conformal sets and without out-of-distribution detection. */
    public Reading(
            Transform transform, List<String> labels, double temperature, double abstainBelow) {
        this(transform, labels, temperature, abstainBelow, null, null);
    }

    /**
     * Calibrated probabilities, {@code softmax(logits / temperature)}.
     *
     * @param logits of one picture, one per label
     * @return in the order of {@link #labels}, each in [0, 1], together 1
     * @throws IllegalStateException if the model gave another count, or a number that is not finite
     */
    public double[] probabilities(float[] logits) {
        double[] wide = new double[logits.length];
        boolean finite = true;
        for (int i = 0; i < logits.length; i++) {
            wide[i] = logits[i];
            finite &= Float.isFinite(logits[i]);
        }
        if (logits.length != labels.size() || !finite) {
            throw new IllegalStateException(
                    "logits: %s (expected: %d finite numbers, one for each of %s)"
                            .formatted(Arrays.toString(logits), labels.size(), labels));
        }
        return softmax(wide, temperature);
    }

    /**
     * Computes {@code softmax(logits / temperature)} without overflow.
     *
     * @param logits finite
     * @return as many numbers, each in [0, 1], together 1
     */
    public static double[] softmax(double[] logits, double temperature) {
        double top = Arrays.stream(logits).max().orElse(0);
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = Math.exp((logits[i] - top) / temperature);
            sum += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
