package dev.medzoo.training;

import dev.medzoo.training.measure.AbstainThreshold;
import dev.medzoo.training.measure.DomainFit;
import dev.medzoo.training.measure.ForeignFit;
import dev.medzoo.training.measure.Scores;
import dev.medzoo.training.measure.SplitConformal;
import dev.medzoo.training.measure.Temperature;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.translate.transform.Transform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits a model's reading after its weights are final. In this order: the temperature, then
 * everything based on calibrated probabilities, then the domain of its features.
 */
public final class FittedReading {
    /** Stated share of pictures whose conformal set contains the true label. */
    public static final double COVERAGE = 0.9;

    /** Share of the validation pictures on which the model does not abstain. */
    public static final double ANSWERED = 0.9;

    /** Most training pictures that the domain is fitted to. */
    static final int DOMAIN_PICTURES = 2000;

    private FittedReading() {}

    /**
     * Fits a reading.
     *
     * @param labels in the order of the logits
     * @param temperature of {@code val}, see {@link Temperature#choose}
     * @param val outputs on held-out pictures, with features
     * @param train outputs on training pictures, whose labels are not used; without features in
     *     both, the reading has no domain
     * @param foreign outputs on examples of foreign pictures, one entry per kind; without any, the
     *     domain is the distance of the features alone
     */
    public static Reading of(
            Transform transform,
            List<String> labels,
            double temperature,
            Scores val,
            Scores train,
            List<Scores> foreign) {
        return new Reading(
                transform,
                labels,
                temperature,
                AbstainThreshold.fit(val, temperature, ANSWERED),
                SplitConformal.fit(val, temperature, COVERAGE),
                domain(val, train, foreign));
    }

    private static @Nullable Domain domain(Scores val, Scores train, List<Scores> foreign) {
        if (val.features().isEmpty() || train.features().isEmpty()) {
            return null;
        }
        return foreign.isEmpty()
                ? DomainFit.fit(train.features(), val.features())
                : ForeignFit.fit(train, val, foreign);
    }
}
