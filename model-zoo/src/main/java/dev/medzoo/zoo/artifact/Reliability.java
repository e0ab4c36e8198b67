package dev.medzoo.zoo.artifact;

import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far one can rely on what a model says of itself, measured on one split: its probabilities,
 * its sets, its abstentions, and its sense for pictures of another kind.
 *
 * @param beforeTemperature probabilities straight from the logits
 * @param afterTemperature probabilities as the model gives them
 * @param sets the conformal sets, or null when the model has none
 * @param abstention what is left when the model abstains below its threshold
 * @param domain pictures of another kind, or null when the model cannot tell them
 */
public record Reliability(
        Calibration beforeTemperature,
        Calibration afterTemperature,
        @Nullable Sets sets,
        Abstention abstention,
        @Nullable Domain domain) {

    /**
     * How far probabilities lie from what happened; lower is better.
     *
     * @param error expected calibration error of the named label, 15 bins of equal width
     * @param adaptiveError the same over 15 bins of equally many pictures
     * @param brier squared distance between the probabilities and the truth, in [0, 2]
     * @param logLoss mean negative logarithm of the true label's probability, in nats
     */
    public record Calibration(
            Estimate error, Estimate adaptiveError, Estimate brier, Estimate logLoss) {}

    /**
     * Conformal sets.
     *
     * @param stated coverage that was asked for, fitted on {@code val}
     * @param coverage share of pictures whose set holds the true label
     * @param size mean number of labels in a set
     */
    public record Sets(double stated, Estimate coverage, Estimate size) {}

    /**
     * Selective classification.
     *
     * @param answered share of pictures on which the model does not abstain
     * @param accuracy of those, or null when there are none
     */
    public record Abstention(Estimate answered, @Nullable Estimate accuracy) {}

    /**
     * Pictures of another kind.
     *
     * @param flagged share of the split's own pictures that count as another kind
     * @param foreign one entry a foreign data set, in the order they were scored
     */
    public record Domain(Estimate flagged, List<Foreign> foreign) {
        public Domain {
            foreign = List.copyOf(foreign);
        }
    }

    /**
     * One foreign data set against the split's own pictures.
     *
     * @param dataSet name of its folder
     * @param split of it that was scored
     * @param pictures how many
     * @param auroc chance that one of them scores above one of the model's own
     * @param energyAuroc the same by the energy of the logits (Liu et al. 2020), to compare
     * @param flagged share of them that count as another kind
     */
    public record Foreign(
            String dataSet,
            String split,
            int pictures,
            Estimate auroc,
            Estimate energyAuroc,
            Estimate flagged) {}
}
