package dev.medzoo.training.report;

import dev.medzoo.training.measure.Scores;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A baseline to compare figures with: what is reached without this training.
 *
 * @param name its method
 * @param accuracy share of correctly classified pictures; null if not measured
 * @param balancedAccuracy mean recall of the classes
 * @param macroF1 mean F1 of the classes; null if not measured
 */
public record Baseline(
        String name, @Nullable Double accuracy, double balancedAccuracy, @Nullable Double macroF1) {

    /** The majority class baseline: predicts the most frequent label for every picture. */
    static Baseline commonest(Scores scores, List<String> labels) {
        int best = 0;
        for (int label = 1; label < labels.size(); label++) {
            best = count(scores, label) > count(scores, best) ? label : best;
        }
        long there =
                IntStream.range(0, labels.size()).filter(label -> count(scores, label) > 0).count();
        double share = (double) count(scores, best) / scores.size();
        return new Baseline(
                "always \"%s\", the most common label".formatted(labels.get(best)),
                share,
                1.0 / there,
                2 * share / (1 + share) / there);
    }

    private static long count(Scores scores, int label) {
        return scores.truth().stream().filter(truth -> truth == label).count();
    }

    /** A row of a table, as wide as {@link #head}. */
    List<String> row() {
        return List.of(name, text(accuracy), text(balancedAccuracy), text(macroF1));
    }

    static List<String> head() {
        return List.of("method", "accuracy", "balanced accuracy", "macro-F1");
    }

    private static String text(@Nullable Double value) {
        return value == null ? "–" : Digits.share(value);
    }
}
