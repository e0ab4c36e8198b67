package dev.medzoo.training.measure;

import java.util.Locale;
import java.util.stream.IntStream;

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

    /**
     * The temperature that a model reads its logits with.
     *
     * @param value to divide by: the fitted one, or 1
     * @param reason in a sentence, with the figures on {@code val}
     */
    public record Chosen(double value, String reason) {}

    /**
     * Takes the fitted temperature, or 1 where it makes {@code val} worse.
     *
     * <p>It must lower the negative log-likelihood of the true labels and must not raise the
     * calibration error (15 bins of equal width, as the card gives it). Both are asked because each
     * misses something. The likelihood is what the fit goes by, but with nearly sure labels, and a
     * few surely wrong pictures outweigh all others in it. The calibration error is what a reader
     * takes from a probability, but a model that knows nothing can have none. A temperature that
     * mends one and spoils the other is no better for sure, and 1 needs no fit.
     */
    public static Chosen choose(Scores val) {
        double fitted = fit(val);
        ProbabilityErrors before = new ProbabilityErrors(val, 1);
        ProbabilityErrors after = new ProbabilityErrors(val, fitted);
        int[] all = IntStream.range(0, val.size()).toArray();
        boolean better =
                after.logLoss(all) < before.logLoss(all) && after.error(all) <= before.error(all);
        String figures =
                String.format(
                        Locale.ROOT,
                        "the fitted %.3f takes log loss on val from %.4f to %.4f, calibration error"
                                + " from %.4f to %.4f",
                        fitted,
                        before.logLoss(all),
                        after.logLoss(all),
                        before.error(all),
                        after.error(all));
        return better
                ? new Chosen(fitted, "accepted: " + figures)
                : new Chosen(1, "1 (not fitted), as val gets worse otherwise: " + figures);
    }

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
            double logSum = Energy.logSumExp(logits, temperature);
            for (int label = 0; label < logits.length; label++) {
                double share = label == truth ? sure : unsure;
                sum -= share * (logits[label] / temperature - logSum);
            }
        }
        return sum / scores.size();
    }
}
