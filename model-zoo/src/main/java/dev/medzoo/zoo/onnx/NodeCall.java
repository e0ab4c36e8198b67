package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node with what is statically known of its inputs. */
final class NodeCall {
    private final GraphNode node;
    private final Map<String, GraphValue> values;
    private final long opset;
    private final ComputeCost cost;

    /**
     * @param values values known so far, by name
     */
    NodeCall(GraphNode node, Map<String, GraphValue> values, long opset, ComputeCost cost) {
        this.node = node;
        this.values = values;
        this.opset = opset;
        this.cost = cost;
    }

    /** Adds the node's outputs to the known values. */
    void put() {
        List<GraphValue> put = OperatorRules.of(node).of(this);
        if (node.outputs().size() > put.size()) {
            throw wrong("outputs", node.outputs().size(), "at most " + put.size());
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            cost.value(put.get(i), node.where());
            values.put(node.outputs().get(i), put.get(i));
        }
    }

    /** Creates an error about the node. */
    IllegalArgumentException wrong(String name, Object value, String expected) {
        return new IllegalArgumentException(
                "%s: %s: %s (expected: %s)".formatted(node.where(), name, value, expected));
    }

    /** Counts multiplications, given as factors. */
    void work(long... times) {
        cost.work(node.where(), times);
    }

    /** Version of the operators. */
    long opset() {
        return opset;
    }

    /** Number of its outputs. */
    int outputs() {
        return node.outputs().size();
    }

    /** All inputs present. */
    List<GraphValue> all() {
        List<GraphValue> all = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            all.add(in(i));
        }
        if (all.isEmpty()) {
            throw wrong("inputs", 0, "at least 1");
        }
        return all;
    }

    /** A required input. */
    GraphValue in(int index) {
        GraphValue value = optional(index);
        if (value == null) {
            throw wrong("input " + index, "absent", "a value");
        }
        return value;
    }

    /** An input, or null if it is omitted. */
    @Nullable GraphValue optional(int index) {
        String name = index < node.inputs().size() ? node.inputs().get(index) : "";
        return name.isEmpty() ? null : values.get(name);
    }

    /** The statically known numbers of an input, which must not depend on a picture. */
    List<Long> known(int index, String what) {
        List<Long> numbers = in(index).numbers();
        if (numbers == null) {
            throw wrong(
                    what,
                    "not known before the run",
                    "at most %d whole numbers that no picture changes"
                            .formatted(GraphValue.MOST_KNOWN));
        }
        return numbers;
    }

    /** One number of an attribute. */
    long number(String name, long otherwise) {
        List<Long> numbers = numbers(name);
        return numbers == null || numbers.size() != 1 ? otherwise : numbers.get(0);
    }

    /** Numbers of an attribute; null where it is absent. */
    @Nullable List<Long> numbers(String name) {
        GraphAttribute attribute = attribute(name);
        return attribute == null ? null : attribute.integers();
    }

    /** A word of an attribute. */
    String word(String name, String otherwise) {
        GraphAttribute attribute = attribute(name);
        String text = attribute == null ? null : attribute.text();
        return text == null ? otherwise : text;
    }

    @Nullable GraphAttribute attribute(String name) {
        return node.attributes().get(name);
    }

    /** Axes from an attribute, as in older opsets, or from an input; null if absent. */
    @Nullable List<Long> axes(int input) {
        List<Long> said = numbers("axes");
        return said == null && optional(input) != null ? known(input, "axes") : said;
    }

    /**
     * Normalises an axis to count from the front.
     *
     * @param axis from -rank
     */
    int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw wrong("axis", axis, "%d..%d".formatted(-rank, rank - 1));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** Checks that a number is in a range. */
    long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw wrong(name, value, "%d..%d".formatted(least, most));
        }
        return value;
    }

    /** The broadcast shape of two. */
    List<Long> broadcast(List<Long> one, List<Long> other) {
        int rank = Math.max(one.size(), other.size());
        List<Long> both = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            long a = i < rank - one.size() ? 1 : one.get(i - rank + one.size());
            long b = i < rank - other.size() ? 1 : other.get(i - rank + other.size());
            if (a != b && a != 1 && b != 1) {
                throw wrong("shapes", one + " and " + other, "equal, or 1");
            }
            both.add(a == 1 ? b : a);
        }
        return both;
    }
}
