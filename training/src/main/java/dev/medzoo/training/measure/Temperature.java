package dev.medzoo.training.measure;

/**
 * Temperature scaling (Guo et al. 2017): the one number that logits are divided by so that the
 * probabilities of held-out pictures are as likely as can be. It never changes which label is
 * named.
 *
 * <p>Labels are taken as nearly, not wholly, sure, as Platt (1999) does: of n pictures of a class
 * the true label counts (n + 1) / (n + 2). Else a split that is told apart without a mistake would
 * make every later picture a certainty.
 */
public final class Temperature {
    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 20;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int ITERATIONS = 60;

    private Temperature() {}

    /** Minimises the {@link #loss}, by golden section on the logarithmic scale. */
    public static double fit(Scores scores) {
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

    /** Mean cross-entropy between the nearly sure labels and the probabilities, in nats. */
    public static double loss(Scores scores, double temperature) {
        int[] pictures = new int[scores.classes()];
        scores.truth().forEach(label -> pictures[label]++);
        double sum = 0;
        for (int i = 0; i < scores.size(); i++) {
            int truth = scores.truth().get(i);
            double sure = (pictures[truth] + 1.0) / (pictures[truth] + 2.0);
            double unsure = (1 - sure) / (scores.classes() - 1);
            double[] logits = scores.logits().get(i);
            double whole = Energy.logSumExp(logits, temperature);
            for (int label = 0; label < logits.length; label++) {
                double share = label == truth ? sure : unsure;
                sum -= share * (logits[label] / temperature - whole);
            }
        }
        return sum / scores.size();
    }
}
