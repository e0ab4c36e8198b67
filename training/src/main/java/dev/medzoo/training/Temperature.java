package dev.medzoo.training;

/**
 * Temperature scaling (Guo et al. 2017): the one number that logits are divided by so that the
 * probabilities of held-out pictures are as likely as can be. It never changes which label is
 * named.
 */
final class Temperature {
    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 20;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int ITERATIONS = 60;

    private Temperature() {}

    /** Minimises the negative log-likelihood, by golden section on the logarithmic scale. */
    static double fit(Scores scores) {
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        for (int i = 0; i < ITERATIONS; i++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss(scores, Math.exp(left)) < loss(scores, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** Mean negative log-likelihood of the true labels, in nats. */
    static double loss(Scores scores, double temperature) {
        double sum = 0;
        for (int i = 0; i < scores.size(); i++) {
            double probability = scores.probabilities(i, temperature)[scores.truth().get(i)];
            sum -= Math.log(Math.max(probability, Double.MIN_NORMAL));
        }
        return sum / scores.size();
    }
}
