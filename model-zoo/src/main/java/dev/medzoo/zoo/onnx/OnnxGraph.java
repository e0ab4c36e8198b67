package dev.medzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A network as a graph of standard operators: methods add a node and name what it puts out. The
 * numbers in brackets are fields of <a
 * href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 *
 * <p>All values are float32. Pictures are (batch, channels, height, width), of any batch.
 */
public final class OnnxGraph {
    /** Version of the operators of the standard domain. */
    public static final int OPSET = 13;

    private static final int IR_VERSION = 8;

    /** {@code TensorProto.DataType}. */
    private static final int FLOAT = 1;

    private static final int INT64 = 7;

    /** {@code AttributeProto.AttributeType}. */
    private static final int INT_ATTRIBUTE = 2;

    private static final int INTS_ATTRIBUTE = 7;

    private static final String BATCH = "batch";

    private final String name;
    private final List<ProtoWriter> nodes = new ArrayList<>();
    private final List<ProtoWriter> constants = new ArrayList<>();
    private final List<ProtoWriter> inputs = new ArrayList<>();
    private final List<ProtoWriter> outputs = new ArrayList<>();
    private final List<ProtoWriter> notes = new ArrayList<>();

    /**
     * @param name of the graph, which nothing depends on
     */
    public OnnxGraph(String name) {
        this.name = name;
    }

    /**
     * What the network is given.
     *
     * @param named name of the input
     * @param shape without the batch
     */
    public String input(String named, long... shape) {
        inputs.add(value(named, shape));
        return named;
    }

    /**
     * What the network answers.
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
     * Adds a note that no runtime reads, for whoever opens the file.
     *
     * @param named name of the note
     */
    public void note(String named, String text) {
        notes.add(new ProtoWriter().text(1, named).text(2, text));
    }

    /**
     * A convolution with as much padding as keeps the resolution at a stride of 1.
     *
     * @param weights (out, in, kernel, kernel), row-major
     * @param bias one number an output channel
     * @param kernel side, odd
     */
    public String convolution(String x, float[] weights, float[] bias, int kernel, int stride) {
        long in = weights.length / ((long) bias.length * kernel * kernel);
        int padding = kernel / 2;
        String w = constant(weights, bias.length, in, kernel, kernel);
        String b = constant(bias, bias.length);
        return add(
                "Conv",
                List.of(x, w, b),
                ints("kernel_shape", kernel, kernel),
                ints("strides", stride, stride),
                ints("pads", padding, padding, padding, padding));
    }

    public String relu(String x) {
        return add("Relu", List.of(x));
    }

    public String add(String x, String y) {
        return add("Add", List.of(x, y));
    }

    /** One after another on an axis. */
    public String concat(List<String> xs, int axis) {
        return add("Concat", xs, number("axis", axis));
    }

    /** The largest of every 2 × 2 numbers; an odd last row or column is left out. */
    public String halve(String x) {
        return add("MaxPool", List.of(x), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
    }

    /** The mean over height and width: (batch, channels). */
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

    /** Mirrored along axes, 2 for top to bottom and 3 for left to right. */
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
     * The mean over so many batches that stand one after another: (batch, …).
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
     * The first of so many batches that stand one after another.
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

    /** The file, which ONNX's own checker and every runtime read. */
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

    private String add(String operator, List<String> given, ProtoWriter... attributes) {
        String put = operator + nodes.size();
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

    /** A TensorProto: dimensions (1), type (2), name (8), numbers as they lie in memory (9). */
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
