package dev.medzoo.training.measure;

import dev.medzoo.translate.finding.Conformal;
import dev.medzoo.translate.finding.Domain;
import dev.medzoo.translate.finding.Reading;
import dev.medzoo.zoo.artifact.ModelCard.Estimate;
import dev.medzoo.zoo.artifact.Reliability;
import dev.medzoo.zoo.artifact.Reliability.Abstention;
import dev.medzoo.zoo.artifact.Reliability.Calibration;
import dev.medzoo.zoo.artifact.Reliability.Foreign;
import dev.medzoo.zoo.artifact.Reliability.Sets;
import dev.medzoo.zoo.measure.Bootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a reading says of itself against what happened on a split, with intervals over groups. */
public final class ReliabilityMeasures {
    private final Scores own;
    private final Reading reading;

    public ReliabilityMeasures(Scores own, Reading reading) {
        this.own = own;
        this.reading = reading;
    }

    /**
     * All of it.
     *
     * @param foreign verdicts on pictures of another kind, by data set, in the order of the card;
     *     left out where the reading has no domain
     * @param split that the foreign pictures are of
     */
    public Reliability against(Map<String, Scores> foreign, String split) {
        Map<String, Estimate> verdicts =
                Bootstrap.estimates(own.groups(), new SelectiveOutcomes(own, reading)::of);
        return new Reliability(
                calibration(1),
                calibration(reading.temperature()),
                sets(reading.conformal(), verdicts),
                new Abstention(get(verdicts, "answered"), verdicts.get("accuracy")),
                domain(foreign, split));
    }

    private Calibration calibration(double temperature) {
        ProbabilityErrors errors = new ProbabilityErrors(own, temperature);
        Map<String, Estimate> of = Bootstrap.estimates(own.groups(), errors::of);
        return new Calibration(
                get(of, "error"), get(of, "adaptiveError"), get(of, "brier"), get(of, "logLoss"));
    }

    private static @Nullable Sets sets(
            @Nullable Conformal conformal, Map<String, Estimate> verdicts) {
        return conformal == null
                ? null
                : new Sets(conformal.coverage(), get(verdicts, "coverage"), get(verdicts, "size"));
    }

    private Reliability.@Nullable Domain domain(Map<String, Scores> foreign, String split) {
        Domain domain = reading.domain();
        if (domain == null || own.features().isEmpty()) {
            return null;
        }
        List<Foreign> all = new ArrayList<>();
        foreign.forEach((name, scores) -> all.add(foreign(name, split, scores, domain)));
        return new Reliability.Domain(flagged(domain), all);
    }

    private Estimate flagged(Domain domain) {
        boolean[] beyond = new boolean[own.size()];
        for (int i = 0; i < beyond.length; i++) {
            beyond[i] = own.judged(i, domain).beyond();
        }
        return get(
                Bootstrap.estimates(
                        own.groups(),
                        pictures ->
                                Map.of(
                                        "flagged",
                                        Arrays.stream(pictures)
                                                .mapToDouble(i -> beyond[i] ? 1 : 0)
                                                .average()
                                                .orElse(Double.NaN))),
                "flagged");
    }

    private Foreign foreign(String dataSet, String split, Scores scores, Domain domain) {
        ForeignPictures both = new ForeignPictures(own, scores, domain, reading.temperature());
        Map<String, Estimate> of = Bootstrap.estimates(both.groups(), both::of);
        return new Foreign(
                dataSet,
                split,
                scores.size(),
                get(of, "auroc"),
                get(of, "energyAuroc"),
                get(of, "flagged"));
    }

    private static Estimate get(Map<String, Estimate> estimates, String name) {
        return Objects.requireNonNull(estimates.get(name), name);
    }
}
