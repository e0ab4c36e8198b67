package dev.medzoo.zoo.explain;

import dev.medzoo.translate.finding.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of an explanation.
 *
 * @param method or null for the finest available
 * @param label of the class to explain, or null for the finding's
 */
public record ExplanationOptions(@Nullable ExplanationMethod method, @Nullable String label) {
    /** The finest map of the finding's class. */
    public static final ExplanationOptions USUAL = new ExplanationOptions(null, null);

    /**
     * Refuses a class that the model does not have.
     *
     * @param labels of the model
     * @throws IllegalArgumentException naming those that it has
     */
    public void check(List<String> labels) {
        if (label != null && !labels.contains(label)) {
            throw new IllegalArgumentException(
                    "class: %s (expected: one of %s)".formatted(label, labels));
        }
    }

    /** The class to explain for a finding. */
    String labelOf(Finding finding) {
        return label == null ? finding.label() : label;
    }
}
