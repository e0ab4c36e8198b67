package dev.medzoo.translate.finding;

import java.util.HashSet;
import java.util.List;

/**
 * The labels that a model does not rule out for one picture.
 *
 * @param coverage stated share of pictures whose set holds the true label, in (0, 1)
 * @param labels the most probable first, at least one
 */
public record ConformalSet(double coverage, List<String> labels) {
    public ConformalSet {
        Conformal.checkCoverage(coverage);
        labels = List.copyOf(labels);
        if (labels.isEmpty() || new HashSet<>(labels).size() < labels.size()) {
            throw new IllegalArgumentException(
                    "set: " + labels + " (expected: at least one label, none twice)");
        }
    }
}
