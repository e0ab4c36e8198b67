package dev.medzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a graph of standard ONNX operators: each method adds a node and returns its output's name.
 * The numbers in brackets are fields of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 *
 * <p>All values are float32. Pictures are (batch, channels, height, width), of any batch.
 *
 * <p>An 8-bit graph has the same nodes. Before every node that computes with 8 bits, a pair of
 * nodes quantizes its input to 256 levels and dequantizes it to float32 (QDQ form). A runtime that
 * supports the form computes with the levels; others give the same result, only slower. The weights
 * of convolutions have 7 bits, with a scale per output channel: sums of pairs of products then fit
 * the 16 bits that processors without VNNI have for them.
 */
public final class OnnxGraph {
    /** Version of the operators of the standard domain. */
    public static final int OPSET = 13;

    private static final int IR_VERSION = 8;

    /** {@code TensorProto.DataType}. */
    private static final int FLOAT = 1;

    private static final int UINT8 = 2;

    private static final int INT8 = 3;

    private static final int INT32 = 6;

    private static final int INT64 = 7;

    /** The largest weight of 7 bits. */
    private static final int LARGEST_WEIGHT = 63;

    /** {@code AttributeProto.AttributeType}. */
    private static final int INT_ATTRIBUTE = 2;

    private static final int INTS_ATTRIBUTE = 7;

    private static final String BATCH = "batch";

    private final String name;
    private final @Nullable Map<String, ValueRange> ranges;

    /** Values that an 8-bit graph quantizes, in order. */
    private final Set<String> read = new LinkedHashSet<>();

    /** Names of their quantized values, by their names. */
    private final Map<String, String> rounded = new HashMap<>();

    /**
     * Source of a value whose numbers are selected from another's, so that both share one range.
     */
    private final Map<String, String> chosenFrom = new HashMap<>();

    private int values;
    private final List<ProtoWriter> nodes = new ArrayList<>();
    private final List<ProtoWriter> constants = new ArrayList<>();
    private final List<ProtoWriter> inputs = new ArrayList<>();
    private final List<ProtoWriter> outputs = new ArrayList<>();
    private final List<ProtoWriter> notes = new ArrayList<>();

    /**
     * @param name of the graph; informative only
     */
    public OnnxGraph(String name) {
        this(name, null);
    }

    /**
     * Creates an 8-bit graph.
     *
     * @param name of the graph; informative only
     * @param ranges of every value that {@link #rounded} returned for the same network
     */
    public static OnnxGraph ofEightBits(String name, Map<String, ValueRange> ranges) {
        return new OnnxGraph(name, Map.copyOf(ranges));
    }

    private OnnxGraph(String name, @Nullable Map<String, ValueRange> ranges) {
        this.name = name;
        this.ranges = ranges;
    }

    /** Names of the values that an 8-bit graph quantizes; the same in every graph. */
    public Set<String> rounded() {
        return Set.copyOf(read);
    }

    /** Adds those values to the outputs, so that their ranges can be measured. */
    public void outputRounded() {
        for (String each : read) {
            ProtoWriter tensor = new ProtoWriter().number(1, FLOAT);
            ProtoWriter type = new ProtoWriter().message(1, tensor);
            outputs.add(new ProtoWriter().text(1, each).message(2, type));
        }
    }

    /**
     * Declares the network's input.
     *
     * @param named name of the input
     * @param shape without the batch
     */
    public String input(String named, long... shape) {
        inputs.add(value(named, shape));
        return named;
    }

    /**
     * Declares an output.
     *
     * @param named name of the output
     * @param of the value that it is
     * @param shape without the batch
     */
    public void output(String named, String of, long... shape) {
        nodes.add(node("Identity", named, of));
        outputs.add(value(named, shape));
    }

    /**
     * Adds an entry to the file's metadata; runtimes ignore it.
     *
     * @param named name of the entry
     */
    public void note(String named, String text) {
        notes.add(new ProtoWriter().text(1, named).text(2, text));
    }

    /**
     * Adds a convolution with the padding that keeps the resolution at a stride of 1.
     *
     * @param weights (out, in, kernel, kernel), row-major
     * @param bias one number an output channel
     * @param kernel side, odd
     */
    public String convolution(String x, float[] weights, float[] bias, int kernel, int stride) {
        long in = weights.length / ((long) bias.length * kernel * kernel);
        int padding = kernel / 2;
        long[] shape = {bias.length, in, kernel, kernel};
        return add(
                "Conv",
                ranges == null
                        ? List.of(round(x), constant(weights, shape), constant(bias, bias.length))
                        : rounded(x, weights, bias, shape),
                ints("kernel_shape", kernel, kernel),
                ints("strides", stride, stride),
                ints("pads", padding, padding, padding, padding));
    }

    public String relu(String x) {
        return add("Relu", List.of(x));
    }

    public String add(String x, String y) {
        return add("Add", List.of(round(x), round(y)));
    }

    /** Concatenates values on an axis. */
    public String concat(List<String> xs, int axis) {
        return add("Concat", xs.stream().map(this::round).toList(), number("axis", axis));
    }

    /** Max pooling over 2 × 2; an odd last row or column is left out. */
    public String halve(String x) {
        String put =
                add(
                        "MaxPool",
                        List.of(round(x)),
                        ints("kernel_shape", 2, 2),
                        ints("strides", 2, 2));
        chosenFrom.put(put, x);
        return put;
    }

    /** Global average pooling: (batch, channels). */
    public String pool(String x) {
        return add("Flatten", List.of(add("GlobalAveragePool", List.of(x))), number("axis", 1));
    }

    /**
     * A fully connected layer.
     *
     * @param x (batch, in)
     * @param weights (out, in), row-major
     * @param bias one number an output
     */
    public String linear(String x, float[] weights, float[] bias) {
        String w = constant(weights, bias.length, weights.length / bias.length);
        return add("Gemm", List.of(x, w, constant(bias, bias.length)), number("transB", 1));
    }

    /** Mirrors along axes: 2 for top to bottom, 3 for left to right. */
    public String flip(String x, int... axes) {
        long[] each = LongStream.range(0, axes.length).map(i -> axes[(int) i]).toArray();
        long[] last = LongStream.of(each).map(axis -> -1).toArray();
        long[] beyondFirst = LongStream.of(each).map(axis -> Long.MIN_VALUE).toArray();
        List<String> given =
                List.of(
                        x,
                        constant(last, last.length),
                        constant(beyondFirst, last.length),
                        constant(each, last.length),
                        constant(last, last.length));
        return add("Slice", given);
    }

    /**
     * Averages over so many concatenated batches: (batch, …).
     *
     * @param x (batches · batch, …)
     * @param shape of x without its first axis
     */
    public String meanOfBatches(String x, int batches, long... shape) {
        return add(
                "ReduceMean",
                List.of(apart(x, batches, shape)),
                ints("axes", 0),
                number("keepdims", 0));
    }

    /**
     * Selects the first of so many concatenated batches.
     *
     * @param x (batches · batch, …)
     * @param shape of x without its first axis
     */
    public String firstOfBatches(String x, int batches, long... shape) {
        String first = constant(new long[] {0});
        return add("Gather", List.of(apart(x, batches, shape), first), number("axis", 0));
    }

    private String apart(String x, int batches, long... shape) {
        long[] apart = new long[2 + shape.length];
        apart[0] = batches;
        apart[1] = -1;
        System.arraycopy(shape, 0, apart, 2, shape.length);
        return add("Reshape", List.of(x, constant(apart, apart.length)));
    }

    /** Serialises the file, which ONNX's own checker and every runtime accept. */
    public byte[] toBytes() {
        ProtoWriter graph = new ProtoWriter();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        constants.forEach(constant -> graph.message(5, constant));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        ProtoWriter file =
                new ProtoWriter()
                        .number(1, IR_VERSION)
                        .text(2, "medzoo")
                        .message(7, graph)
                        .message(8, new ProtoWriter().text(1, "").number(2, OPSET));
        notes.forEach(note -> file.message(14, note));
        return file.toBytes();
    }

    /** Quantizes and dequantizes a value; returns the value itself in a float32 graph. */
    private String round(String x) {
        read.add(chosenFrom.getOrDefault(x, x));
        if (ranges == null) {
            return x;
        }
        ValueRange range = range(x);
        return rounded.computeIfAbsent(
                x,
                absent -> {
                    String scale = constant(new float[] {range.scale()});
                    String zero = constant(UINT8, new byte[] {(byte) range.zero()});
                    nodes.add(node("QuantizeLinear", x + ".levels", x, scale, zero));
                    nodes.add(node("DequantizeLinear", x + ".rounded", x + ".levels", scale, zero));
                    return x + ".rounded";
                });
    }

    private ValueRange range(String x) {
        String known = chosenFrom.getOrDefault(x, x);
        ValueRange range = ranges == null ? null : ranges.get(known);
        if (range == null) {
            throw new IllegalArgumentException("range of %s: absent (expected: one)".formatted(x));
        }
        return range;
    }

    /** Input, weights and bias of an 8-bit convolution. */
    private List<String> rounded(String x, float[] weights, float[] bias, long... shape) {
        String pictures = round(x);
        float levels = range(x).scale();
        int each = weights.length / bias.length;
        byte[] small = new byte[weights.length];
        byte[] sums = new byte[Integer.BYTES * bias.length];
        float[] scales = new float[bias.length];
        float[] sumScales = new float[bias.length];
        for (int out = 0; out < bias.length; out++) {
            float largest = 0;
            for (int i = out * each; i < (out + 1) * each; i++) {
                largest = Math.max(largest, Math.abs(weights[i]));
            }
            scales[out] = largest == 0 ? 1 : largest / LARGEST_WEIGHT;
            sumScales[out] = scales[out] * levels;
            for (int i = out * each; i < (out + 1) * each; i++) {
                small[i] = (byte) Math.round(weights[i] / scales[out]);
            }
            little(sums).putInt(Integer.BYTES * out, Math.round(bias[out] / sumScales[out]));
        }
        return List.of(
                pictures,
                turnedBack(INT8, small, scales, shape),
                turnedBack(INT32, sums, sumScales, bias.length));
    }

    /** A dequantized integer constant with a scale per output channel. */
    private String turnedBack(int type, byte[] raw, float[] scales, long... shape) {
        String quantized = constant(type, raw, shape);
        byte[] zeros = new byte[scales.length * (type == INT32 ? Integer.BYTES : 1)];
        String put = quantized + ".float";
        nodes.add(
                node(
                                "DequantizeLinear",
                                put,
                                quantized,
                                constant(scales, scales.length),
                                constant(type, zeros, scales.length))
                        .message(5, number("axis", 0)));
        return put;
    }

    private String add(String operator, List<String> given, ProtoWriter... attributes) {
        String put = operator + values++;
        ProtoWriter node = node(operator, put, given.toArray(String[]::new));
        for (ProtoWriter attribute : attributes) {
            node.message(5, attribute);
        }
        nodes.add(node);
        return put;
    }

    /** A NodeProto: inputs (1), outputs (2), name (3), operator (4). */
    private static ProtoWriter node(String operator, String put, String... given) {
        ProtoWriter node = new ProtoWriter();
        for (String each : given) {
            node.text(1, each);
        }
        return node.text(2, put).text(3, put).text(4, operator);
    }

    /** An AttributeProto of one number: name (1), number (3), type (20). */
    private static ProtoWriter number(String name, long number) {
        return new ProtoWriter().text(1, name).number(3, number).number(20, INT_ATTRIBUTE);
    }

    /** An AttributeProto of numbers: name (1), numbers (8), type (20). */
    private static ProtoWriter ints(String name, long... numbers) {
        ProtoWriter attribute = new ProtoWriter().text(1, name);
        for (long each : numbers) {
            attribute.number(8, each);
        }
        return attribute.number(20, INTS_ATTRIBUTE);
    }

    private String constant(float[] numbers, long... shape) {
        byte[] raw = new byte[Float.BYTES * numbers.length];
        little(raw).asFloatBuffer().put(numbers);
        return constant(FLOAT, raw, shape);
    }

    private String constant(long[] numbers, long... shape) {
        byte[] raw = new byte[Long.BYTES * numbers.length];
        little(raw).asLongBuffer().put(numbers);
        return constant(INT64, raw, shape);
    }

    private static ByteBuffer little(byte[] raw) {
        return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A TensorProto: dimensions (1), type (2), name (8), raw data (9). */
    private String constant(int type, byte[] raw, long... shape) {
        String named = "constant" + constants.size();
        ProtoWriter tensor = new ProtoWriter();
        for (long each : shape) {
            tensor.number(1, each);
        }
        constants.add(tensor.number(2, type).text(8, named).bytes(9, raw));
        return named;
    }

    /** A ValueInfoProto: name (1), type (2), which is a tensor (1) of numbers (1) and shape (2). */
    private static ProtoWriter value(String name, long... shape) {
        ProtoWriter dimensions = new ProtoWriter();
        dimensions.message(1, new ProtoWriter().text(2, BATCH));
        for (long each : shape) {
            dimensions.message(1, new ProtoWriter().number(1, each));
        }
        ProtoWriter tensor = new ProtoWriter().number(1, FLOAT).message(2, dimensions);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }
}
