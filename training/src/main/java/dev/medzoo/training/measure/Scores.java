package dev.medzoo.training.measure;

import dev.medzoo.translate.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a network said of the pictures of a split, before and after calibration.
 *
 * @param classes how many
 * @param truth true label of each picture
 * @param groups group of each picture
 * @param logits of each picture, in label order
 * @param features of each picture, pooled; none at all where nobody kept them
 */
public record Scores(
        int classes,
        List<Integer> truth,
        List<String> groups,
        List<double[]> logits,
        List<float[]> features) {
    public Scores {
        truth = List.copyOf(truth);
        groups = List.copyOf(groups);
        logits = List.copyOf(logits);
        features = List.copyOf(features);
        if (truth.isEmpty() || truth.size() != groups.size() || truth.size() != logits.size()) {
            throw new IllegalArgumentException(
                    "scores: %d labels, %d groups, %d logits (expected: as many of each, not none)"
                            .formatted(truth.size(), groups.size(), logits.size()));
        }
        if (!features.isEmpty() && features.size() != truth.size()) {
            throw new IllegalArgumentException(
                    "features: of %d pictures (expected: none or %d)"
                            .formatted(features.size(), truth.size()));
        }
    }

    /** Verdicts without features. */
    public Scores(int classes, List<Integer> truth, List<String> groups, List<double[]> logits) {
        this(classes, truth, groups, logits, List.of());
    }

    /**
     * Some of the pictures.
     *
     * @param pictures indices into this
     */
    public Scores of(int[] pictures) {
        return new Scores(
                classes,
                Arrays.stream(pictures).mapToObj(truth::get).toList(),
                Arrays.stream(pictures).mapToObj(groups::get).toList(),
                Arrays.stream(pictures).mapToObj(logits::get).toList(),
                features.isEmpty()
                        ? List.of()
                        : Arrays.stream(pictures).mapToObj(features::get).toList());
    }

    /** The pictures of several, one after the other. */
    public static Scores joined(List<Scores> parts) {
        List<Integer> truth = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        List<float[]> features = new ArrayList<>();
        for (Scores part : parts) {
            truth.addAll(part.truth);
            groups.addAll(part.groups);
            logits.addAll(part.logits);
            features.addAll(part.features);
        }
        return new Scores(parts.get(0).classes, truth, groups, logits, features);
    }

    public int size() {
        return truth.size();
    }

    /** Softmax of the logits divided by a temperature. */
    public double[] probabilities(int picture, double temperature) {
        return Reading.softmax(logits.get(picture), temperature);
    }

    /** Label with the highest logit; the first of equals. */
    public int named(int picture) {
        double[] of = logits.get(picture);
        int best = 0;
        for (int i = 1; i < of.length; i++) {
            if (of[i] > of[best]) {
                best = i;
            }
        }
        return best;
    }
}
