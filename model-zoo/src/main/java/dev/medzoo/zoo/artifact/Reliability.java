package dev.medzoo.zoo.artifact;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reliability of a model, measured on one split: calibration, conformal sets, abstention and
 * out-of-distribution detection.
 *
 * @param beforeTemperature calibration of the uncalibrated probabilities
 * @param afterTemperature calibration of the model's probabilities
 * @param sets the conformal sets, or null when the model has none
 * @param abstention result of abstaining below the threshold
 * @param domain out-of-distribution detection, or null if the model has none
 */
public record Reliability(
        Calibration beforeTemperature,
        Calibration afterTemperature,
        @Nullable Sets sets,
        Abstention abstention,
        @Nullable Domain domain) {

    /**
     * Calibration and scoring of probabilities; lower is better.
     *
     * @param error expected calibration error of the predicted label, 15 bins of equal width
     * @param adaptiveError the same over 15 bins with equal numbers of pictures
     * @param brier squared distance between the probabilities and the truth, in [0, 2]
     * @param logLoss mean negative logarithm of the true label's probability, in nats
     */
    public record Calibration(
            Estimate error, Estimate adaptiveError, Estimate brier, Estimate logLoss) {}

    /**
     * Conformal sets.
     *
     * @param stated nominal coverage, fitted on {@code val}
     * @param coverage share of pictures whose set contains the true label
     * @param size mean number of labels in a set
     */
    public record Sets(double stated, Estimate coverage, Estimate size) {}

    /**
     * Selective classification.
     *
     * @param answered share of pictures on which the model does not abstain
     * @param accuracy of those, or null if there are none
     */
    public record Abstention(Estimate answered, @Nullable Estimate accuracy) {}

    /**
     * Out-of-distribution detection.
     *
     * @param flagged share of the split's own pictures that are flagged (false positives)
     * @param foreign one entry per foreign data set, in the order of evaluation
     */
    public record Domain(Estimate flagged, List<Foreign> foreign) {
        public Domain {
            foreign = List.copyOf(foreign);
        }
    }

    /**
     * Detection of one foreign data set against the split's own pictures.
     *
     * @param dataSet name of its folder
     * @param split of it that was scored
     * @param pictures how many
     * @param auroc probability that a foreign picture scores above an in-distribution one
     * @param energyAuroc the same for the energy score of the logits (Liu et al. 2020), for
     *     comparison
     * @param flagged share of them that are flagged
     */
    public record Foreign(
            String dataSet,
            String split,
            int pictures,
            Estimate auroc,
            Estimate energyAuroc,
            Estimate flagged) {}
}
