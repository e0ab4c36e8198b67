package dev.medzoo.training.report;

import dev.medzoo.training.measure.Scores;
import java.util.ArrayList;
import java.util.List;

/** One label against all others: its probability and truth for each picture. */
final class OneAgainstRest {
    private final int label;
    private final double[] score;
    private final boolean[] positive;

    private OneAgainstRest(Scores scores, int label, double temperature) {
        this.label = label;
        score = new double[scores.size()];
        positive = new boolean[scores.size()];
        for (int i = 0; i < score.length; i++) {
            score[i] = scores.probabilities(i, temperature)[label];
            positive[i] = scores.truth().get(i) == label;
        }
    }

    /** One for each label that some but not all pictures have. */
    static List<OneAgainstRest> of(Scores scores, double temperature) {
        List<OneAgainstRest> all = new ArrayList<>();
        for (int label = 0; label < scores.classes(); label++) {
            int of = label;
            long count = scores.truth().stream().filter(truth -> truth == of).count();
            if (count > 0 && count < scores.size()) {
                all.add(new OneAgainstRest(scores, label, temperature));
            }
        }
        return all;
    }

    /** Index in the order of the scores. */
    int label() {
        return label;
    }

    /** Probability of the label per picture. */
    double[] score() {
        return score.clone();
    }

    /** Whether each picture has the label. */
    boolean[] positive() {
        return positive.clone();
    }
}
