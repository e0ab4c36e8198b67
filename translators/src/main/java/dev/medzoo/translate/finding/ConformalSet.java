package dev.medzoo.translate.finding;

import java.util.HashSet;
import java.util.List;

/**
 * The conformal prediction set of one picture: the labels that the model does not rule out.
 *
 * @param coverage stated share of pictures whose set contains the true label, in (0, 1)
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
