package dev.medzoo.registry;

import ai.djl.ModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.medzoo.zoo.artifact.Artifact;
import dev.medzoo.zoo.artifact.ArtifactContent;
import dev.medzoo.zoo.artifact.ModelCard;
import dev.medzoo.zoo.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The differences of two versions of an artifact.
 *
 * @param fields of the card, the transform and the reading that differ
 * @param metrics of every split that both were scored on, whether they differ or not
 * @param weights how far the weights are apart, ‖after − before‖ / ‖before‖ over all parameters, in
 *     [0, ∞); nothing when the networks have other shapes
 */
public record VersionDiff(List<Field> fields, List<Metric> metrics, OptionalDouble weights) {
    /**
     * A value that differs.
     *
     * @param name of it, such as {@code card.licence}
     */
    public record Field(String name, String before, String after) {}

    /**
     * A figure of both.
     *
     * @param name of it, such as {@code test.macroF1}
     */
    public record Metric(String name, double before, double after) {}

    public VersionDiff {
        fields = List.copyOf(fields);
        metrics = List.copyOf(metrics);
    }

    /** Compares two versions. */
    public static VersionDiff of(ArtifactContent before, ArtifactContent after)
            throws ModelException {
        List<Field> fields = new ArrayList<>();
        cardFields()
                .forEach((name, value) -> add(fields, name, value, before.card(), after.card()));
        artifactFields()
                .forEach(
                        (name, value) ->
                                add(fields, name, value, before.artifact(), after.artifact()));
        return new VersionDiff(
                fields, metrics(before.card(), after.card()), distance(before, after));
    }

    private static Map<String, Function<ModelCard, Object>> cardFields() {
        Map<String, Function<ModelCard, Object>> fields = new TreeMap<>();
        fields.put("card.summary", ModelCard::summary);
        fields.put("card.intendedUse", ModelCard::intendedUse);
        fields.put("card.outOfScope", ModelCard::outOfScope);
        fields.put("card.data", ModelCard::data);
        fields.put("card.licence", ModelCard::licence);
        fields.put("card.commercialUse", ModelCard::commercialUse);
        fields.put("card.limits", ModelCard::limits);
        fields.put("card.parameters", ModelCard::parameters);
        fields.put("card.training.recipe", card -> card.training().recipe());
        fields.put("card.training.command", card -> card.training().command());
        fields.put("card.training.versions", card -> card.training().versions());
        return fields;
    }

    private static Map<String, Function<Artifact, Object>> artifactFields() {
        Map<String, Function<Artifact, Object>> fields = new TreeMap<>();
        fields.put("artifact.network", Artifact::network);
        fields.put("artifact.parent", artifact -> String.valueOf(artifact.parent()));
        fields.put("reading.transform", artifact -> artifact.reading().transform());
        fields.put("reading.labels", artifact -> artifact.reading().labels());
        fields.put("reading.temperature", artifact -> artifact.reading().temperature());
        fields.put("reading.abstainBelow", artifact -> artifact.reading().abstainBelow());
        fields.put("reading.conformal", artifact -> String.valueOf(artifact.reading().conformal()));
        return fields;
    }

    private static <T> void add(
            List<Field> fields, String name, Function<T, Object> value, T before, T after) {
        String one = value.apply(before).toString();
        String other = value.apply(after).toString();
        if (!one.equals(other)) {
            fields.add(new Field(name, one, other));
        }
    }

    private static List<Metric> metrics(ModelCard before, ModelCard after) {
        List<Metric> metrics = new ArrayList<>();
        for (ModelCard.SplitMetrics one : before.metrics()) {
            for (ModelCard.SplitMetrics other : after.metrics()) {
                if (one.isOfSame(other)) {
                    add(metrics, one, other, "balancedAccuracy", m -> m.balancedAccuracy().value());
                    add(metrics, one, other, "macroF1", m -> m.macroF1().value());
                    add(metrics, one, other, "auroc", m -> m.auroc().value());
                    add(metrics, one, other, "ece", m -> m.calibrationError().value());
                }
            }
        }
        return metrics;
    }

    private static void add(
            List<Metric> metrics,
            ModelCard.SplitMetrics before,
            ModelCard.SplitMetrics after,
            String name,
            Function<ModelCard.SplitMetrics, Double> value) {
        metrics.add(
                new Metric(before.title() + "." + name, value.apply(before), value.apply(after)));
    }

    private static OptionalDouble distance(ArtifactContent before, ArtifactContent after)
            throws ModelException {
        if (!before.artifact().network().equals(after.artifact().network())) {
            return OptionalDouble.empty();
        }
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Network one = before.network(manager);
            Network other = after.network(manager);
            double apart = 0;
            double size = 0;
            for (Pair<String, Parameter> parameter : one.getParameters()) {
                NDArray from = parameter.getValue().getArray();
                NDArray to =
                        Objects.requireNonNull(other.getParameters().get(parameter.getKey()))
                                .getArray();
                apart += squares(to.sub(from));
                size += squares(from);
            }
            return OptionalDouble.of(Math.sqrt(apart / size));
        }
    }

    private static double squares(NDArray array) {
        try (NDArray square = array.square();
                NDArray sum = square.sum()) {
            return sum.getFloat();
        }
    }
}
