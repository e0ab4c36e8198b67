package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A node: an operator with inputs, outputs and attributes.
 *
 * @param where number and operator, for messages
 * @param operator of the standard domain
 * @param inputs names of values; empty for an omitted one
 * @param outputs names of values; empty for an unused one
 * @param attributes by name
 */
record GraphNode(
        String where,
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, GraphAttribute> attributes) {
    private static final int MOST = 1024;
    private static final Set<Integer> LISTS = Set.of(1, 2, 5, 9, 10);

    /** The standard domain has two names. */
    static final Set<String> DOMAINS = Set.of("", "ai.onnx");

    GraphNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    static GraphNode read(ProtoReader graph, int number) {
        String numbered = "node " + number;
        ProtoReader in = graph.message(numbered, LISTS);
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, GraphAttribute> attributes = new HashMap<>();
        String operator = "";
        String domain = "";
        while (in.next()) {
            if (inputs.size() + outputs.size() + attributes.size() > MOST) {
                throw in.wrong("ends and attributes", "more than " + MOST, "at most " + MOST);
            }
            switch (in.field()) {
                case 1 -> inputs.add(in.text());
                case 2 -> outputs.add(in.text());
                case 4 -> operator = in.text();
                case 5 -> {
                    GraphAttribute each = GraphAttribute.read(in, numbered);
                    if (attributes.put(each.name(), each) != null) {
                        throw in.wrong("attribute " + each.name(), "there twice", "once");
                    }
                }
                case 3, 6, 9 -> in.skip();
                case 7 -> domain = in.text();
                case 8 -> {
                    if (!in.text().isEmpty()) {
                        throw in.wrong("overload", "there", "none, as a function alone has one");
                    }
                }
                case 10 -> throw in.wrong("device", "there", "none");
                default -> throw in.unknown();
            }
        }
        if (!DOMAINS.contains(domain)) {
            throw in.wrong("domain of " + operator, domain, "the standard one, ai.onnx");
        }
        return new GraphNode(
                "%s, %s".formatted(numbered, operator), operator, inputs, outputs, attributes);
    }
}
