package dev.medzoo.serving.watch;

import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.Finding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/** Metrics of shadow inference: how far candidates agree with the stable version. */
final class ShadowMeters {
    private final MeterRegistry registry;

    ShadowMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * A candidate has computed what stable answered.
     *
     * @param said finding of the stable version
     * @param says finding of the candidate
     */
    void compared(Finding said, ServedModel candidate, Finding says) {
        count(candidate, said.label().equals(says.label()) ? "agree" : "disagree");
        DistributionSummary.builder("medzoo.shadow.distance")
                .description(
                        "Total variation distance between the predictions of stable and candidate")
                .tag("model", candidate.name())
                .tag("version", candidate.version())
                .serviceLevelObjectives(0.01, 0.05, 0.1, 0.2, 0.5, 1)
                .register(registry)
                .record(distance(said, says));
    }

    /** Shadow inference was dropped for lack of time. */
    void dropped(ServedModel candidate) {
        count(candidate, "dropped");
    }

    private void count(ServedModel candidate, String outcome) {
        Counter.builder("medzoo.shadow")
                .description("Shadow requests that the candidate computed or dropped")
                .tag("model", candidate.name())
                .tag("version", candidate.version())
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** Total variation distance, in [0, 1]; 1 when no label is shared. */
    private static double distance(Finding one, Finding other) {
        Map<String, Double> differences = new HashMap<>();
        for (ClassProbability each : one.probabilities()) {
            differences.merge(each.label(), each.probability(), Double::sum);
        }
        for (ClassProbability each : other.probabilities()) {
            differences.merge(each.label(), -each.probability(), Double::sum);
        }
        return differences.values().stream().mapToDouble(Math::abs).sum() / 2;
    }
}
