package dev.medzoo.zoo.measure;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.TestPredictions;
import dev.medzoo.zoo.artifact.TestPredictions.Picture;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How much better one model names pictures than another names the same ones. Groups are drawn with
 * replacement, each draw for both (paired cluster bootstrap, see {@link Bootstrap}).
 *
 * @param pictures that both named
 * @param groups of these pictures
 * @param gained pictures that only the second model names correctly
 * @param lost pictures that only the first model names correctly
 * @param macroF1 of the second model minus that of the first, with its 95 % interval
 * @param balancedAccuracy the same
 */
public record PairedDifference(
        int pictures,
        int groups,
        int gained,
        int lost,
        Estimate macroF1,
        Estimate balancedAccuracy) {
    private static final int DRAWS = 2000;

    /**
     * Fewer groups cannot speak against chance at 5 %, were they all to agree (sign test, two
     * sides: 2^(1-5) = 0.06).
     */
    public static final int LEAST_GROUPS = 6;

    /**
     * Compares labels.
     *
     * @param labels how many there are
     * @param groups of each picture
     * @param truth true label of each picture, from 0
     * @param first labels that the first model names
     * @param second labels that the second model names
     */
    public static PairedDifference of(
            int labels,
            List<String> groups,
            List<Integer> truth,
            List<Integer> first,
            List<Integer> second) {
        Map<String, Estimate> differences =
                Bootstrap.estimates(
                        groups, drawn -> differences(labels, truth, first, second, drawn), DRAWS);
        return new PairedDifference(
                truth.size(),
                new HashSet<>(groups).size(),
                onlyIn(second, first, truth),
                onlyIn(first, second, truth),
                Objects.requireNonNull(differences.get("macroF1")),
                Objects.requireNonNull(differences.get("balancedAccuracy")));
    }

    /**
     * Compares the predictions of two versions.
     *
     * @throws IllegalArgumentException when there is an {@link #obstacle}
     */
    public static PairedDifference between(TestPredictions first, TestPredictions second) {
        obstacle(first, second)
                .ifPresent(
                        how -> {
                            throw new IllegalArgumentException("not comparable: " + how);
                        });
        List<Picture> pictures = first.pictures();
        return of(
                first.labels().size(),
                pictures.stream().map(Picture::group).toList(),
                pictures.stream().map(Picture::label).toList(),
                pictures.stream().map(Picture::named).toList(),
                second.pictures().stream().map(Picture::named).toList());
    }

    /** Why two versions cannot be compared: other labels or other pictures. Empty if they can. */
    public static Optional<String> obstacle(TestPredictions first, TestPredictions second) {
        if (!first.labels().equals(second.labels())) {
            return Optional.of("labels %s and %s".formatted(first.labels(), second.labels()));
        }
        List<String> known = identities(first);
        List<String> own = identities(second);
        if (known.equals(own)) {
            return Optional.empty();
        }
        Set<String> both = new HashSet<>(known);
        both.retainAll(own);
        return Optional.of(
                "%d and %d pictures, of which %d are in both with the same label and group"
                        .formatted(known.size(), own.size(), both.size()));
    }

    private static List<String> identities(TestPredictions predictions) {
        return predictions.pictures().stream()
                .map(of -> of.sha256() + " " + of.label() + " " + of.group())
                .toList();
    }

    /** Whether there are enough groups to tell a difference from chance. */
    public boolean isDecidable() {
        return groups >= LEAST_GROUPS;
    }

    /** Whether the second model is worse beyond chance: an interval lies below 0. */
    public boolean isWorse() {
        return isDecidable() && (macroF1.high() < 0 || balancedAccuracy.high() < 0);
    }

    /** Whether the second model is better beyond chance: an interval lies above 0. */
    public boolean isBetter() {
        return isDecidable() && (macroF1.low() > 0 || balancedAccuracy.low() > 0);
    }

    private static Map<String, Double> differences(
            int labels,
            List<Integer> truth,
            List<Integer> first,
            List<Integer> second,
            int[] drawn) {
        ConfusionMatrix was = confusion(labels, truth, first, drawn);
        ConfusionMatrix is = confusion(labels, truth, second, drawn);
        return Map.of(
                "macroF1", is.macroF1() - was.macroF1(),
                "balancedAccuracy", is.balancedAccuracy() - was.balancedAccuracy());
    }

    private static ConfusionMatrix confusion(
            int labels, List<Integer> truth, List<Integer> named, int[] drawn) {
        ConfusionMatrix confusion = new ConfusionMatrix(labels);
        for (int i : drawn) {
            confusion.add(truth.get(i), named.get(i));
        }
        return confusion;
    }

    /** Counts the pictures that one model names correctly and the other does not. */
    private static int onlyIn(List<Integer> one, List<Integer> other, List<Integer> truth) {
        return (int)
                IntStream.range(0, truth.size())
                        .filter(i -> one.get(i).equals(truth.get(i)))
                        .filter(i -> !other.get(i).equals(truth.get(i)))
                        .count();
    }
}
