package dev.medzoo.training.study;

import java.util.List;
import java.util.Map;

/**
 * A figure by which arms are compared.
 *
 * @param title for people
 * @param key of it in {@link dev.medzoo.training.measure.Measures}
 * @param ofWholePictures whether the tiles of one source count as one picture
 */
record Measure(String title, String key, boolean ofWholePictures) {
    private static final String WHOLE = "picture ";
    private static final String F1 = "f1 ";
    private static final Map<String, String> TITLES =
            Map.of(
                    "accuracy", "accuracy",
                    "balancedAccuracy", "balanced accuracy",
                    "macroF1", "macro-F1",
                    "auroc", "AUROC");

    /**
     * The measure of a name in a plan.
     *
     * @param name {@code accuracy}, {@code balancedAccuracy}, {@code macroF1}, {@code auroc} or
     *     {@code f1 <label>}; with {@code picture} before it, of whole pictures
     * @throws IllegalArgumentException for any other
     */
    static Measure of(String name, List<String> labels) {
        if (name.startsWith(WHOLE)) {
            Measure of = of(name.substring(WHOLE.length()), labels);
            return new Measure(of.title + " of whole pictures", of.key, true);
        }
        String title = TITLES.get(name);
        if (title != null) {
            return new Measure(title, name, false);
        }
        int label = name.startsWith(F1) ? labels.indexOf(name.substring(F1.length())) : -1;
        if (label < 0) {
            throw new IllegalArgumentException(
                    "measures: %s (expected one of: %s, f1 and one of %s)"
                            .formatted(name, TITLES.keySet().stream().sorted().toList(), labels));
        }
        return new Measure("F1 of `" + labels.get(label) + "`", F1 + label, false);
    }
}
