package dev.medzoo.serving.oip;

import static java.util.stream.Collectors.toMap;

import dev.medzoo.serving.refusal.RefusedException;
import dev.medzoo.translate.ClassProbability;
import dev.medzoo.translate.ConformalSet;
import dev.medzoo.translate.Finding;
import dev.medzoo.translate.OutOfDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The output tensors. All models list the same ones. */
enum ModelOutput {
    /** Calibrated, in [0, 1], in the order of the model's labels. */
    PROBABILITIES(TensorSpec.FP32) {
        @Override
        TensorSpec spec(OipModel model) {
            return new TensorSpec(title(), TensorSpec.FP32, List.of(-1L, classes(model)));
        }

        @Override
        OutputTensor of(OipModel model, List<Finding> findings) {
            List<Float> values = new ArrayList<>();
            findings.forEach(each -> values.addAll(inOrder(model, each)));
            List<Long> shape = List.of((long) findings.size(), classes(model));
            return new OutputTensor(this, shape, new TensorValues.Floats(values), Map.of());
        }
    },

    /** Of the most probable class, also where the model abstains. */
    LABEL(TensorSpec.BYTES) {
        @Override
        OutputTensor of(OipModel model, List<Finding> findings) {
            List<String> labels = findings.stream().map(Finding::label).toList();
            return column(new TensorValues.Texts(labels), labels.size(), Map.of());
        }
    },

    /** Whether the model is too unsure for its label to be used. */
    ABSTAINED(TensorSpec.BOOL) {
        @Override
        OutputTensor of(OipModel model, List<Finding> findings) {
            List<Boolean> abstained = findings.stream().map(Finding::abstained).toList();
            return column(new TensorValues.Flags(abstained), abstained.size(), Map.of());
        }
    },

    /** The labels that are not ruled out, joined by commas; not of every model. */
    SET(TensorSpec.BYTES) {
        @Override
        @Nullable OutputTensor of(OipModel model, List<Finding> findings) {
            List<ConformalSet> sets =
                    findings.stream().map(Finding::set).filter(Objects::nonNull).toList();
            if (sets.size() < findings.size()) {
                return null;
            }
            List<String> labels = sets.stream().map(set -> String.join(",", set.labels())).toList();
            Map<String, Double> coverage = Map.of("coverage", sets.get(0).coverage());
            return column(new TensorValues.Texts(labels), labels.size(), coverage);
        }
    },

    /** How unlike the training pictures, 0 or more, about 1 for one of them; not of every model. */
    OUT_OF_DISTRIBUTION(TensorSpec.FP32) {
        @Override
        @Nullable OutputTensor of(OipModel model, List<Finding> findings) {
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

    TensorSpec spec(OipModel model) {
        return new TensorSpec(title(), datatype, List.of(-1L));
    }

    /** Its values, or null where the model was published without. */
    abstract @Nullable OutputTensor of(OipModel model, List<Finding> findings);

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
        throw Refused.because("output: %s (expected one of: %s)".formatted(title, titles));
    }

    /**
     * @throws RefusedException when one is unknown or named twice
     */
    static List<ModelOutput> named(List<String> titles) throws RefusedException {
        List<ModelOutput> outputs = new ArrayList<>();
        for (String title : titles) {
            ModelOutput output = named(title);
            if (outputs.contains(output)) {
                throw Refused.because("output: %s twice (expected: once)".formatted(title));
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
    static List<OutputTensor> of(OipModel model, List<Finding> findings, List<ModelOutput> asked)
            throws RefusedException {
        List<OutputTensor> tensors = new ArrayList<>();
        for (ModelOutput output : asked.isEmpty() ? List.of(values()) : asked) {
            OutputTensor tensor = output.of(model, findings);
            if (tensor != null) {
                tensors.add(tensor);
            } else if (!asked.isEmpty()) {
                throw Refused.because(
                        "output: %s (expected: one that %s was published with)"
                                .formatted(output.title(), model.name()));
            }
        }
        return tensors;
    }

    private static long classes(OipModel model) {
        return model.labels().size();
    }

    /** A finding lists the most probable class first, the protocol's clients know the order. */
    private static List<Float> inOrder(OipModel model, Finding finding) {
        Map<String, Double> byLabel =
                finding.probabilities().stream()
                        .collect(toMap(ClassProbability::label, ClassProbability::probability));
        return model.labels().stream()
                .map(label -> Objects.requireNonNull(byLabel.get(label), label).floatValue())
                .toList();
    }
}
