package dev.medzoo.serving.audit;

/**
 * A model's decision about one picture.
 *
 * @param label of the most probable class, also when the model abstained; 1 to 256 characters
 * @param probability of that class, in [0, 1]
 * @param abstained whether the model abstained because its confidence was too low
 */
public record AuditDecision(String label, double probability, boolean abstained) {
    private static final int LONGEST_LABEL = 256;

    public AuditDecision {
        if (label.isBlank() || label.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException(
                    "label: %d characters (expected: 1..%d, not all blank)"
                            .formatted(label.length(), LONGEST_LABEL));
        }
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "probability: " + probability + " (expected: 0 to 1)");
        }
    }
}
