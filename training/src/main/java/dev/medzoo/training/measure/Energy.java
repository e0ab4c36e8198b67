package dev.medzoo.training.measure;

/**
 * The energy of logits (Liu et al. 2020): low where some label fits, high for pictures of another
 * kind. Measured beside the distance among the features, to see which tells them better.
 */
public final class Energy {
    private Energy() {}

    /** {@code -temperature * log(sum(exp(logits / temperature)))}, without overflow. */
    public static double of(double[] logits, double temperature) {
        return -temperature * logSumExp(logits, temperature);
    }

    /** {@code log(sum(exp(logits / temperature)))}, without overflow. */
    static double logSumExp(double[] logits, double temperature) {
        double top = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            top = Math.max(top, logit / temperature);
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit / temperature - top);
        }
        return top + Math.log(sum);
    }
}
