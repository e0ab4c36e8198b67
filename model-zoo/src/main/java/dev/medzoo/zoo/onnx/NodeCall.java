package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One node, with what is known of what it is given. */
final class NodeCall {
    private final GraphNode node;
    private final Map<String, GraphValue> values;
    private final long opset;
    private final ComputeCost cost;

    /**
     * @param values what is known so far, by name
     */
    NodeCall(GraphNode node, Map<String, GraphValue> values, long opset, ComputeCost cost) {
        this.node = node;
        this.values = values;
        this.opset = opset;
        this.cost = cost;
    }

    /** Adds what the node puts out to what is known. */
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

    /** What is wrong with the node. */
    IllegalArgumentException wrong(String name, Object value, String expected) {
        return new IllegalArgumentException(
                "%s: %s: %s (expected: %s)".formatted(node.where(), name, value, expected));
    }

    /** Counts multiplications, told by factors. */
    void work(long... times) {
        cost.work(node.where(), times);
    }

    /** Version of the operators. */
    long opset() {
        return opset;
    }

    /** How many outputs it has. */
    int outputs() {
        return node.outputs().size();
    }

    /** All inputs that are there. */
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

    /** An input that must be there. */
    GraphValue in(int index) {
        GraphValue value = optional(index);
        if (value == null) {
            throw wrong("input " + index, "absent", "a value");
        }
        return value;
    }

    /** An input, or null where it is left out. */
    @Nullable GraphValue optional(int index) {
        String name = index < node.inputs().size() ? node.inputs().get(index) : "";
        return name.isEmpty() ? null : values.get(name);
    }

    /** The numbers of an input, which no picture may change. */
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
        return attribute == null ? null : attribute.whole();
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

    /** Axes as an attribute, as in older versions, or as an input; null where neither is there. */
    @Nullable List<Long> axes(int input) {
        List<Long> said = numbers("axes");
        return said == null && optional(input) != null ? known(input, "axes") : said;
    }

    /**
     * An axis counted from the front.
     *
     * @param axis from -rank
     */
    int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw wrong("axis", axis, "%d..%d".formatted(-rank, rank - 1));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** A number in a range. */
    long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw wrong(name, value, "%d..%d".formatted(least, most));
        }
        return value;
    }

    /** The shape that several are stretched to, dimensions of 1 as often as need be. */
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
