package dev.medzoo.translate.finding;

import ai.djl.modality.Classifications;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of a model for one picture.
 *
 * @param model that made it
 * @param label of the most probable class, even if the model abstains
 * @param probability of that class, calibrated, in [0, 1]
 * @param probabilities of every class, the most probable first
 * @param abstained whether the model is too uncertain for its label to be used
 * @param set the conformal prediction set, which contains the most probable label; null if the
 *     model has none
 * @param outOfDistribution the out-of-distribution score; null if the model cannot compute one, or
 *     gives logits alone
 */
public record Finding(
        ModelIdentity model,
        String label,
        double probability,
        List<ClassProbability> probabilities,
        boolean abstained,
        @Nullable ConformalSet set,
        @Nullable OutOfDistribution outOfDistribution) {

    /** Notice that accompanies every finding. */
    public static final String NOTICE = "Research use only. Not a diagnosis.";

    /**
     * Media type of the whole finding in an HTTP client's {@code Accept} header, see {@link
     * #toJson}.
     */
    public static final String MEDIA_TYPE = "application/vnd.medzoo.finding+json";

    public Finding {
        probabilities = List.copyOf(probabilities);
        if (probabilities.isEmpty()
                || !probabilities.get(0).equals(new ClassProbability(label, probability))) {
            throw new IllegalArgumentException(
                    "probabilities: %s (expected: %s %s first)"
                            .formatted(probabilities, label, probability));
        }
        for (int i = 1; i < probabilities.size(); i++) {
            if (probabilities.get(i - 1).probability() < probabilities.get(i).probability()) {
                throw new IllegalArgumentException(
                        "probabilities: " + probabilities + " (expected: the highest first)");
            }
        }
        if (set != null && !set.labels().equals(first(probabilities, set.labels().size()))) {
            throw new IllegalArgumentException(
                    "set: %s (expected: the first of %s)".formatted(set.labels(), probabilities));
        }
    }

    /**
     * Creates a finding from a model's outputs for one picture; of two equal classes the first
     * label comes first.
     *
     * @param logits one a label
     * @param judged out-of-distribution score, or null if unknown
     */
    public static Finding of(
            ModelIdentity model,
            Reading reading,
            float[] logits,
            @Nullable OutOfDistribution judged) {
        double[] probabilities = reading.probabilities(logits);
        List<ClassProbability> classes = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            classes.add(new ClassProbability(reading.labels().get(i), probabilities[i]));
        }
        classes.sort(Comparator.comparingDouble(ClassProbability::probability).reversed());
        ClassProbability top = classes.get(0);
        boolean abstained = top.probability() < reading.abstainBelow();
        Conformal conformal = reading.conformal();
        ConformalSet set = conformal == null ? null : set(conformal, classes);
        return new Finding(model, top.label(), top.probability(), classes, abstained, set, judged);
    }

    private static ConformalSet set(Conformal conformal, List<ClassProbability> classes) {
        double highest = classes.get(0).probability();
        List<String> labels =
                classes.stream()
                        .filter(each -> conformal.includes(each.probability(), highest))
                        .map(ClassProbability::label)
                        .toList();
        return new ConformalSet(conformal.coverage(), labels);
    }

    private static List<String> first(List<ClassProbability> classes, int count) {
        return classes.stream().limit(count).map(ClassProbability::label).toList();
    }

    /**
     * One JSON object: {@code model}, {@code version}, {@code digest}, {@code label}, {@code
     * probability}, {@code abstained}, {@code probabilities} (label to number, the most probable
     * first), {@code set} (with {@code coverage} and {@code labels}, or null), {@code
     * outOfDistribution} (with {@code score}, {@code threshold} and {@code beyond}, or null),
     * {@code notice}.
     */
    public String toJson() {
        ObjectNode json =
                Json.MAPPER
                        .createObjectNode()
                        .put("model", model.name())
                        .put("version", model.version())
                        .put("digest", model.digest())
                        .put("label", label)
                        .put("probability", probability)
                        .put("abstained", abstained);
        ObjectNode classes = json.putObject("probabilities");
        probabilities.forEach(each -> classes.put(each.label(), each.probability()));
        json.set("set", Json.MAPPER.valueToTree(set));
        json.set("outOfDistribution", Json.MAPPER.valueToTree(outOfDistribution));
        json.put("notice", NOTICE);
        try {
            return Json.MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("finding: " + this + " (expected: writable)", e);
        }
    }

    /** Whether the picture is out of distribution, so that the label means nothing. */
    public boolean isUnlikeTraining() {
        return outOfDistribution != null && outOfDistribution.beyond();
    }

    /**
     * Reasons to distrust a label, by name, each with whether it applies. For several findings,
     * whether it applies to any.
     *
     * @param findings at least one, of one model
     */
    public static SortedMap<String, Boolean> doubts(List<Finding> findings) {
        SortedMap<String, Boolean> doubts = new TreeMap<>();
        doubts.put("abstained", findings.stream().anyMatch(Finding::abstained));
        if (findings.get(0).outOfDistribution() != null) {
            doubts.put("unlike_training", findings.stream().anyMatch(Finding::isUnlikeTraining));
        }
        return doubts;
    }

    /**
     * HTTP headers for response formats that cannot carry them in the body: the notice, and the
     * {@link #doubts}.
     *
     * @param findings at least one, of one model
     */
    public static SortedMap<String, String> warnings(List<Finding> findings) {
        SortedMap<String, String> warnings = new TreeMap<>();
        warnings.put("x-medzoo-notice", NOTICE);
        doubts(findings)
                .forEach(
                        (name, is) ->
                                warnings.put(
                                        "x-medzoo-" + name.replace('_', '-'), String.valueOf(is)));
        return warnings;
    }

    /**
     * Converts it to DJL's type, with every class in its top k. <strong>DJL's type cannot say that
     * the picture is out of distribution or that the model abstains</strong>: an unreliable label
     * looks like any other. To show a label to anybody, use the finding itself.
     */
    public Classifications toClassifications() {
        List<String> labels = probabilities.stream().map(ClassProbability::label).toList();
        List<Double> values = probabilities.stream().map(ClassProbability::probability).toList();
        Classifications classifications = new Classifications(labels, values);
        classifications.setTopK(labels.size());
        return classifications;
    }
}
