package dev.medzoo.training.measure;

import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.OutOfDistribution;
import dev.medzoo.translate.finding.PictureStatistics;
import dev.medzoo.translate.finding.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What a network said of the pictures of a split, before and after calibration.
 *
 * @param classes how many
 * @param truth true label of each picture
 * @param groups group of each picture
 * @param logits of each picture, in label order
 * @param features of each picture, pooled; none at all where nobody kept them
 * @param pictures what each looks like; none at all where nobody kept them
 */
public record Scores(
        int classes,
        List<Integer> truth,
        List<String> groups,
        List<double[]> logits,
        List<float[]> features,
        List<PictureStatistics> pictures) {
    public Scores {
        truth = List.copyOf(truth);
        groups = List.copyOf(groups);
        logits = List.copyOf(logits);
        features = List.copyOf(features);
        pictures = List.copyOf(pictures);
        if (truth.isEmpty() || truth.size() != groups.size() || truth.size() != logits.size()) {
            throw new IllegalArgumentException(
                    "scores: %d labels, %d groups, %d logits (expected: equally many, at least one)"
                            .formatted(truth.size(), groups.size(), logits.size()));
        }
        checkCount("features", features.size(), truth.size());
        checkCount("picture statistics", pictures.size(), truth.size());
    }

    private static void checkCount(String name, int count, int pictures) {
        if (count != 0 && count != pictures) {
            throw new IllegalArgumentException(
                    "%s: of %d pictures (expected: none or %d)".formatted(name, count, pictures));
        }
    }

    /** Verdicts without what the pictures look like. */
    public Scores(
            int classes,
            List<Integer> truth,
            List<String> groups,
            List<double[]> logits,
            List<float[]> features) {
        this(classes, truth, groups, logits, features, List.of());
    }

    /** Verdicts without features. */
    public Scores(int classes, List<Integer> truth, List<String> groups, List<double[]> logits) {
        this(classes, truth, groups, logits, List.of());
    }

    /**
     * Some of the pictures.
     *
     * @param chosen indices into this
     */
    public Scores of(int[] chosen) {
        return new Scores(
                classes,
                some(truth, chosen),
                some(groups, chosen),
                some(logits, chosen),
                some(features, chosen),
                some(pictures, chosen));
    }

    private static <T> List<T> some(List<T> all, int[] chosen) {
        return all.isEmpty() ? all : Arrays.stream(chosen).mapToObj(all::get).toList();
    }

    /** The pictures of several, one after the other; what one of them lacks, all do. */
    public static Scores joined(List<Scores> parts) {
        return new Scores(
                parts.get(0).classes,
                all(parts, Scores::truth),
                all(parts, Scores::groups),
                all(parts, Scores::logits),
                all(parts, Scores::features),
                all(parts, Scores::pictures));
    }

    private static <T> List<T> all(List<Scores> parts, Function<Scores, List<T>> of) {
        if (parts.stream().anyMatch(part -> of.apply(part).isEmpty())) {
            return List.of();
        }
        return parts.stream().flatMap(part -> of.apply(part).stream()).toList();
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

    /** How unlike a model's own pictures one is; it must have features. */
    public OutOfDistribution judged(int picture, Domain domain) {
        return domain.judge(
                features.get(picture), pictures.isEmpty() ? null : pictures.get(picture));
    }
}
