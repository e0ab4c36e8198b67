package dev.medzoo.translate.finding;

/**
 * The probability that a model gives to one class.
 *
 * @param label of the class
 * @param probability calibrated, in [0, 1]
 */
public record ClassProbability(String label, double probability) {
    public ClassProbability {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "probability of " + label + ": " + probability + " (expected: 0..1)");
        }
    }
}
