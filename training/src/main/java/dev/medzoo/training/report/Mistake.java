package dev.medzoo.training.report;

import dev.medzoo.training.measure.Scores;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A misclassified picture.
 *
 * @param index of the picture in its split, in the order of the manifest, from 0
 * @param group of the picture
 * @param truth its true label
 * @param named its predicted label
 * @param probability of its predicted label, calibrated
 */
record Mistake(int index, String group, int truth, int named, double probability) {

    /** The misclassified pictures, most confident first; equal ones by index. */
    static List<Mistake> worst(Scores scores, double temperature, int atMost) {
        return IntStream.range(0, scores.size())
                .filter(picture -> scores.named(picture) != scores.truth().get(picture))
                .mapToObj(picture -> of(scores, picture, temperature))
                .sorted(Comparator.comparingDouble(Mistake::probability).reversed())
                .limit(atMost)
                .toList();
    }

    private static Mistake of(Scores scores, int picture, double temperature) {
        int named = scores.named(picture);
        return new Mistake(
                picture,
                scores.groups().get(picture),
                scores.truth().get(picture),
                named,
                scores.probabilities(picture, temperature)[named]);
    }
}
