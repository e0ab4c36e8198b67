package dev.medzoo.zoo.onnx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The allowed operators: those whose cost is statically known. */
final class OperatorRules {
    /** Operators that only rename or reshape their first input. */
    static final Set<String> PASSING = Set.of("Identity", "Reshape", "Squeeze", "Flatten", "Cast");

    private static final Map<String, OperatorRule> ALL = all();

    private OperatorRules() {}

    private static Map<String, OperatorRule> all() {
        Map<String, OperatorRule> rules = new TreeMap<>();
        PointwiseRules.addTo(rules);
        WindowRules.addTo(rules);
        SumRules.addTo(rules);
        ShapeRules.addTo(rules);
        return rules;
    }

    /** The rule of a node. */
    static OperatorRule of(GraphNode node) {
        OperatorRule rule = ALL.get(node.operator());
        if (rule == null) {
            throw new IllegalArgumentException(
                    "%s: operator: %s (expected: one of %s)"
                            .formatted(node.where(), node.operator(), ALL.keySet()));
        }
        return rule;
    }
}
