package dev.medzoo.training.measure;

import dev.medzoo.translate.finding.Conformal;
import dev.medzoo.translate.finding.Reading;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Outcome per picture of a split: its conformal set, and whether the model answers or abstains. */
final class SelectiveOutcomes {
    private final boolean hasSets;
    private final double[] setSize;
    private final boolean[] setHoldsTruth;
    private final boolean[] answered;
    private final boolean[] right;

    SelectiveOutcomes(Scores scores, Reading reading) {
        int size = scores.size();
        hasSets = reading.conformal() != null;
        setSize = new double[size];
        setHoldsTruth = new boolean[size];
        answered = new boolean[size];
        right = new boolean[size];
        for (int i = 0; i < size; i++) {
            double[] probabilities = scores.probabilities(i, reading.temperature());
            int truth = scores.truth().get(i);
            double highest = probabilities[scores.named(i)];
            setSize[i] =
                    Arrays.stream(probabilities)
                            .filter(each -> includes(reading.conformal(), each, highest))
                            .count();
            setHoldsTruth[i] = includes(reading.conformal(), probabilities[truth], highest);
            answered[i] = highest >= reading.abstainBelow();
            right[i] = scores.named(i) == truth;
        }
    }

    private static boolean includes(@Nullable Conformal sets, double probability, double highest) {
        return sets != null && sets.includes(probability, highest);
    }

    /**
     * Shares and means by name; NaN without sets, or where no picture is answered.
     *
     * @param pictures indices into the scores, with repetition in a bootstrap
     */
    Map<String, Double> of(int[] pictures) {
        double labels = 0;
        double held = 0;
        double answers = 0;
        double rightAnswers = 0;
        for (int picture : pictures) {
            labels += setSize[picture];
            held += setHoldsTruth[picture] ? 1 : 0;
            answers += answered[picture] ? 1 : 0;
            rightAnswers += answered[picture] && right[picture] ? 1 : 0;
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("coverage", hasSets ? held / pictures.length : Double.NaN);
        measures.put("size", hasSets ? labels / pictures.length : Double.NaN);
        measures.put("answered", answers / pictures.length);
        measures.put("accuracy", rightAnswers / answers);
        return measures;
    }
}
