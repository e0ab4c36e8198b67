package dev.medzoo.zoo.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Validates a foreign ONNX file before any runtime reads it. The file must be data alone: listed
 * operators of the standard domain, all constants in the file itself, no functions, no subgraphs,
 * one input, no cycle. The shape of every value, and so the cost, must follow from the shape of a
 * picture; see {@link #answers}.
 *
 * <p>Every refusal is an {@link IllegalArgumentException} that names what was seen and what is
 * expected.
 */
public final class OnnxFile {
    /** The largest file, in bytes: that of an artifact's. */
    private static final int MOST_BYTES = 64 << 20;

    private static final int MOST_NODES = 10_000;
    private static final int MOST_CONSTANTS = 10_000;
    private static final int MOST_NAMED = 40_000;
    private static final int FLOAT = 1;
    private static final byte[] RUNTIMES_OWN = {'O', 'R', 'T', 'M'};
    private static final long LEAST_OPSET = 7;
    private static final long MOST_OPSET = 30;
    static final Set<Integer> MODEL_LISTS = Set.of(8, 14, 20, 25, 26);
    static final Set<Integer> GRAPH_LISTS = Set.of(1, 5, 11, 12, 13, 14, 15, 16);

    private final List<GraphNode> nodes = new ArrayList<>();
    private final Map<String, GraphTensor> constants = new LinkedHashMap<>();
    private final List<ValueInfo> inputs = new ArrayList<>();
    private final List<ValueInfo> outputs = new ArrayList<>();
    private String producer = "";
    private long opset;

    private OnnxFile() {}

    /** Reads a file, from its first byte to its last. */
    public static OnnxFile read(byte[] file) {
        if (file.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "graph: %d bytes (expected: at most %d)".formatted(file.length, MOST_BYTES));
        }
        refuseOtherFormat(file);
        OnnxFile read = new OnnxFile();
        ProtoReader in = new ProtoReader(file, "file", MODEL_LISTS);
        boolean hasGraph = false;
        while (in.next()) {
            switch (in.field()) {
                case 1, 5 -> in.number();
                case 2, 3 -> read.producer = (read.producer + " " + in.text()).strip();
                case 4, 6, 14 -> in.skip();
                case 7 -> {
                    hasGraph = true;
                    read.readGraph(in.message("graph", GRAPH_LISTS));
                }
                case 8 -> read.readOpset(in.message("opset", Set.of()));
                case 20 -> throw in.wrong("training", "there", "none");
                case 25 -> throw in.wrong("a function", "there", "none");
                case 26 -> throw in.wrong("devices", "there", "none");
                default -> throw in.unknown();
            }
        }
        if (!hasGraph || read.opset == 0) {
            throw in.wrong("graph and opset", "absent", "both");
        }
        read.checkNames();
        return read;
    }

    /**
     * Refuses an ONNX file that also has the magic of ONNX Runtime's own format: the runtime would
     * read it as that.
     */
    private static void refuseOtherFormat(byte[] file) {
        byte[] mark = Arrays.copyOfRange(file, Math.min(4, file.length), Math.min(8, file.length));
        if (Arrays.equals(mark, RUNTIMES_OWN)) {
            throw new IllegalArgumentException(
                    "file: bytes 5 to 8: ORTM, the mark of ONNX Runtime's own format (expected: ONNX alone)");
        }
    }

    private void readOpset(ProtoReader in) {
        String domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> domain = in.text();
                case 2 -> version = in.number();
                default -> throw in.unknown();
            }
        }
        if (!GraphNode.DOMAINS.contains(domain)) {
            // Many exporters declare it; every node that could use it is checked itself.
            return;
        }
        if (opset != 0 || version < LEAST_OPSET || version > MOST_OPSET) {
            throw in.wrong("version", version, "one, in %d..%d".formatted(LEAST_OPSET, MOST_OPSET));
        }
        opset = version;
    }

    private void readGraph(ProtoReader in) {
        int named = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> {
                    atMost(in, "nodes", nodes.size(), MOST_NODES);
                    nodes.add(GraphNode.read(in, nodes.size()));
                }
                case 2 -> in.text();
                case 5 -> {
                    atMost(in, "constants", constants.size(), MOST_CONSTANTS);
                    GraphTensor each = GraphTensor.read(in, "constant " + constants.size());
                    if (constants.put(each.name(), each) != null) {
                        throw in.wrong("constant " + each.name(), "there twice", "once");
                    }
                }
                case 10, 14, 16 -> in.skip();
                case 11 -> {
                    atMost(in, "inputs", inputs.size(), MOST_CONSTANTS);
                    inputs.add(ValueInfo.read(in, "input " + inputs.size()));
                }
                case 12 -> {
                    atMost(in, "outputs", outputs.size(), MOST_CONSTANTS);
                    outputs.add(ValueInfo.read(in, "output " + outputs.size()));
                }
                case 13 -> {
                    atMost(in, "values", named++, MOST_NAMED);
                    ValueInfo.read(in, "value");
                }
                case 15 -> throw in.wrong("sparse constants", "there", "none");
                default -> throw in.unknown();
            }
        }
    }

    private static void atMost(ProtoReader in, String what, int seen, int most) {
        if (seen == most) {
            throw in.wrong(what, "more than " + most, "at most " + most);
        }
    }

    /** Checks that there is one input, and that every value is defined once and before its use. */
    private void checkNames() {
        inputs.removeIf(each -> constants.containsKey(each.name()));
        if (inputs.size() != 1) {
            throw new IllegalArgumentException(
                    "graph: inputs: %s (expected: one)".formatted(names(inputs)));
        }
        ValueInfo input = inputs.get(0);
        if (input.type() != FLOAT || input.shape().size() != 4) {
            throw new IllegalArgumentException(
                    "input %s: element type %d, shape %s (expected: float32, 1, with four dimensions)"
                            .formatted(input.name(), input.type(), input.shape()));
        }
        if (input.name().isEmpty() || constants.containsKey("")) {
            throw new IllegalArgumentException(
                    "input or constant: without a name (expected: one, as an empty name is no value)");
        }
        Map<String, Integer> later = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String each : nodes.get(i).outputs()) {
                later.put(each, i);
            }
        }
        Set<String> known = new HashSet<>(constants.keySet());
        known.add(input.name());
        for (GraphNode node : nodes) {
            for (String each : node.inputs()) {
                if (!each.isEmpty() && !known.contains(each)) {
                    throw new IllegalArgumentException(
                            "%s: input %s: %s (expected: the picture, a constant, or the output of an earlier node, so no cycle)"
                                    .formatted(
                                            node.where(),
                                            each,
                                            later.containsKey(each)
                                                    ? "the output of node " + later.get(each)
                                                    : "produced by no node"));
                }
            }
            for (String each : node.outputs()) {
                if (!each.isEmpty() && !known.add(each)) {
                    throw new IllegalArgumentException(
                            "%s: output %s: there twice (expected: once)"
                                    .formatted(node.where(), each));
                }
            }
        }
        for (ValueInfo each : outputs) {
            if (!known.contains(each.name())) {
                throw new IllegalArgumentException(
                        "output %s: produced by no node (expected: by one)".formatted(each.name()));
            }
        }
    }

    private static List<String> names(List<ValueInfo> ends) {
        return ends.stream().map(ValueInfo::name).toList();
    }

    /** Name of the one input. */
    public String input() {
        return inputs.get(0).name();
    }

    /** Its four declared dimensions, -1 for a dynamic one. */
    public List<Long> inputShape() {
        return inputs.get(0).shape();
    }

    /** Names of the outputs. */
    public List<String> outputs() {
        return names(outputs);
    }

    /** The file's own name of its producer; may be empty. */
    public String producer() {
        return producer;
    }

    /** Number of weights: elements of floating-point constants. */
    public long weights() {
        return constants.values().stream()
                .filter(each -> !each.value().type().isInteger())
                .mapToLong(each -> GraphValue.elements(each.value().shape(), each.name()))
                .sum();
    }

    /** Names of constants of more than one number that are not all finite. */
    public List<String> notFinite() {
        return constants.values().stream()
                .filter(each -> !each.isFinite())
                .filter(each -> GraphValue.elements(each.value().shape(), each.name()) > 1)
                .map(GraphTensor::name)
                .collect(Collectors.toList());
    }

    /** The operator that computes a value; operators that only rename or reshape are skipped. */
    public String operatorOf(String value) {
        String wanted = value;
        String operator = "";
        for (int i = nodes.size() - 1; i >= 0; i--) {
            GraphNode node = nodes.get(i);
            if (node.outputs().contains(wanted)) {
                operator = node.operator();
                if (!OperatorRules.PASSING.contains(operator)) {
                    return operator;
                }
                wanted = node.inputs().get(0);
            }
        }
        return operator;
    }

    /**
     * Infers the shape of every value from the shape of a picture, and the total cost.
     *
     * @param picture its four dimensions
     * @return shape of each output, by name
     * @throws IllegalArgumentException for an unlisted operator, a dynamic shape, a value of more
     *     than 2²⁶ elements, more than 2²⁸ elements in total, or more than 2³⁶ multiplications
     */
    public Map<String, List<Long>> answers(List<Long> picture) {
        List<Long> said = inputShape();
        for (int axis = 0; axis < said.size(); axis++) {
            if (said.get(axis) != ValueInfo.ANY && !said.get(axis).equals(picture.get(axis))) {
                throw new IllegalArgumentException(
                        "input %s: %s (expected: %s)".formatted(input(), said, picture));
            }
        }
        Map<String, GraphValue> values = new HashMap<>();
        constants.forEach((name, each) -> values.put(name, each.value()));
        values.put(input(), GraphValue.unknown(ElementType.FLOAT, picture));
        ComputeCost cost = new ComputeCost();
        for (GraphNode node : nodes) {
            new NodeCall(node, values, opset, cost).put();
        }
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (String each : outputs()) {
            GraphValue value = values.get(each);
            if (value != null) {
                shapes.put(each, value.shape());
            }
        }
        return shapes;
    }
}
