package dev.medzoo.training.study;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A figure by which arms are compared.
 *
 * @param title for people
 * @param key of it in {@link dev.medzoo.training.measure.Measures}
 * @param unit what is judged as one
 */
record Measure(String title, String key, Unit unit) {
    private static final String F1 = "f1 ";
    private static final Map<String, String> TITLES =
            Map.of(
                    "accuracy", "accuracy",
                    "balancedAccuracy", "balanced accuracy",
                    "macroF1", "macro-F1",
                    "auroc", "AUROC");

    /** What is judged as one. */
    enum Unit {
        /** Each picture by itself. */
        PICTURE("", ""),
        /** All tiles that were cut from one source: the mean of their probabilities. */
        WHOLE_PICTURE("picture ", " of whole pictures"),
        /** All pictures of one group (slide, patient), where they are of one class. */
        GROUP("group ", " of groups");

        private final String prefix;
        private final String suffix;

        Unit(String prefix, String suffix) {
            this.prefix = prefix;
            this.suffix = suffix;
        }
    }

    /**
     * The measure of a name in a plan.
     *
     * @param name {@code accuracy}, {@code balancedAccuracy}, {@code macroF1}, {@code auroc} or
     *     {@code f1 <label>}; with {@code picture} before it, of whole pictures, with {@code
     *     group}, of groups
     * @throws IllegalArgumentException for any other
     */
    static Measure of(String name, List<String> labels) {
        for (Unit unit : List.of(Unit.WHOLE_PICTURE, Unit.GROUP)) {
            if (name.startsWith(unit.prefix)) {
                Measure each = ofPictures(name.substring(unit.prefix.length()), labels);
                return new Measure(each.title + unit.suffix, each.key, unit);
            }
        }
        return ofPictures(name, labels);
    }

    /**
     * Refuses pictures that it cannot judge, before a run is trained on them.
     *
     * @throws IllegalArgumentException when it is of groups, and each holds several classes
     */
    void check(ScoredPictures pictures) {
        Map<String, Set<Integer>> classes = new HashMap<>();
        pictures.pictures()
                .forEach(
                        of ->
                                classes.computeIfAbsent(of.group(), group -> new HashSet<>())
                                        .add(of.label()));
        if (unit == Unit.GROUP && classes.values().stream().allMatch(of -> of.size() > 1)) {
            throw new IllegalArgumentException(
                    "measures: %s of %s, whose groups all hold several classes (expected: none of groups)"
                            .formatted(title, pictures.dataSet()));
        }
    }

    private static Measure ofPictures(String name, List<String> labels) {
        String title = TITLES.get(name);
        if (title != null) {
            return new Measure(title, name, Unit.PICTURE);
        }
        int label = name.startsWith(F1) ? labels.indexOf(name.substring(F1.length())) : -1;
        if (label < 0) {
            throw new IllegalArgumentException(
                    "measures: %s (expected one of: %s, f1 and one of %s)"
                            .formatted(name, TITLES.keySet().stream().sorted().toList(), labels));
        }
        return new Measure("F1 of `" + labels.get(label) + "`", F1 + label, Unit.PICTURE);
    }
}
