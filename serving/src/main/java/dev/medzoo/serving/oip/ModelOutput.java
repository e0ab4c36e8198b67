package dev.medzoo.serving.oip;

import static java.util.stream.Collectors.toMap;

import dev.medzoo.serving.predict.PredictionResponse;
import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.serving.traffic.ServedModel;
import dev.medzoo.translate.finding.ClassProbability;
import dev.medzoo.translate.finding.ConformalSet;
import dev.medzoo.translate.finding.Finding;
import dev.medzoo.translate.finding.OutOfDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The output tensors, the same for all models. */
enum ModelOutput {
    /** Calibrated, in [0, 1], in the order of the model's labels. */
    PROBABILITIES(TensorSpec.FP32) {
        @Override
        TensorSpec spec(long classes) {
            return new TensorSpec(title(), TensorSpec.FP32, List.of(-1L, classes));
        }

        @Override
        OutputTensor of(List<String> labels, List<Finding> findings) {
            List<Float> values = new ArrayList<>();
            findings.forEach(each -> values.addAll(inOrder(labels, each)));
            List<Long> shape = List.of((long) findings.size(), (long) labels.size());
            return new OutputTensor(this, shape, new TensorValues.Floats(values), Map.of());
        }
    },

    /** Of the most probable class, also where the model abstains. */
    LABEL(TensorSpec.BYTES) {
        @Override
        OutputTensor of(List<String> labels, List<Finding> findings) {
            List<String> said = findings.stream().map(Finding::label).toList();
            return column(new TensorValues.Texts(said), said.size(), Map.of());
        }
    },

    /** Whether the model is too unsure for its label to be used. */
    ABSTAINED(TensorSpec.BOOL) {
        @Override
        OutputTensor of(List<String> labels, List<Finding> findings) {
            List<Boolean> abstained = findings.stream().map(Finding::abstained).toList();
            return column(new TensorValues.Flags(abstained), abstained.size(), Map.of());
        }
    },

    /** The labels that are not ruled out, joined by commas; not of every model. */
    SET(TensorSpec.BYTES) {
        @Override
        @Nullable OutputTensor of(List<String> labels, List<Finding> findings) {
            List<ConformalSet> sets =
                    findings.stream().map(Finding::set).filter(Objects::nonNull).toList();
            if (sets.size() < findings.size()) {
                return null;
            }
            List<String> joined = sets.stream().map(set -> String.join(",", set.labels())).toList();
            Map<String, Double> coverage = Map.of("coverage", sets.get(0).coverage());
            return column(new TensorValues.Texts(joined), joined.size(), coverage);
        }
    },

    /** How unlike the training pictures, 0 or more, about 1 for one of them; not of every model. */
    OUT_OF_DISTRIBUTION(TensorSpec.FP32) {
        @Override
        @Nullable OutputTensor of(List<String> labels, List<Finding> findings) {
            List<OutOfDistribution> judged =
                    findings.stream()
                            .map(Finding::outOfDistribution)
                            .filter(Objects::nonNull)
                            .toList();
            if (judged.size() < findings.size()) {
                return null;
            }
            List<Float> scores = judged.stream().map(each -> (float) each.score()).toList();
            Map<String, Double> threshold = Map.of("threshold", judged.get(0).threshold());
            return column(new TensorValues.Floats(scores), scores.size(), threshold);
        }
    };

    private final String datatype;

    ModelOutput(String datatype) {
        this.datatype = datatype;
    }

    /** Its name in the protocol. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param classes of the model
     */
    TensorSpec spec(long classes) {
        return new TensorSpec(title(), datatype, List.of(-1L));
    }

    /**
     * Its values, or null where the model was published without.
     *
     * @param labels of the model, in the order of its logits
     */
    abstract @Nullable OutputTensor of(List<String> labels, List<Finding> findings);

    OutputTensor column(TensorValues values, int pictures, Map<String, Double> parameters) {
        return new OutputTensor(this, List.of((long) pictures), values, parameters);
    }

    /**
     * @throws RefusedException when there is none of that name
     */
    static ModelOutput named(String title) throws RefusedException {
        for (ModelOutput output : values()) {
            if (output.title().equals(title)) {
                return output;
            }
        }
        List<String> titles = Stream.of(values()).map(ModelOutput::title).toList();
        throw Refusals.because("output: %s (expected one of: %s)".formatted(title, titles));
    }

    /**
     * @throws RefusedException when one is unknown or named twice
     */
    static List<ModelOutput> named(List<String> titles) throws RefusedException {
        List<ModelOutput> outputs = new ArrayList<>();
        for (String title : titles) {
            ModelOutput output = named(title);
            if (outputs.contains(output)) {
                throw Refusals.because("output: %s twice (expected: once)".formatted(title));
            }
            outputs.add(output);
        }
        return outputs;
    }

    /**
     * The tensors of an answer.
     *
     * @param asked in the order wanted; all that the model has when empty
     * @throws RefusedException when one was asked for that the model was published without
     */
    static List<OutputTensor> of(PredictionResponse answer, List<ModelOutput> asked)
            throws RefusedException {
        ServedModel model = answer.model();
        List<String> labels = model.preparation().labels();
        List<Finding> findings = answer.findings();
        List<OutputTensor> tensors = new ArrayList<>();
        for (ModelOutput output : asked.isEmpty() ? List.of(values()) : asked) {
            OutputTensor tensor = output.of(labels, findings);
            if (tensor != null) {
                tensors.add(tensor);
            } else if (!asked.isEmpty()) {
                throw Refusals.because(
                        "output: %s (expected: one that %s was published with)"
                                .formatted(output.title(), model.name()));
            }
        }
        return tensors;
    }

    /** A finding lists the most probable class first, the protocol's clients know the order. */
    private static List<Float> inOrder(List<String> labels, Finding finding) {
        Map<String, Double> byLabel =
                finding.probabilities().stream()
                        .collect(toMap(ClassProbability::label, ClassProbability::probability));
        return labels.stream()
                .map(label -> Objects.requireNonNull(byLabel.get(label), label).floatValue())
                .toList();
    }
}
