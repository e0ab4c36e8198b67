package dev.medzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An ONNX file put together field by field, so that anything can be wrong with it. */
public final class HandMadeGraph {
    /** A dimension that may be anything. */
    static final long ANY = -1;

    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final ProtoWriter graph = new ProtoWriter();
    private final List<Consumer<ProtoWriter>> around = new ArrayList<>();
    private int opset = 17;

    /** An empty one, with an input of that shape. */
    static HandMadeGraph of(long... shape) {
        return new HandMadeGraph().end(11, "x", FLOAT, shape);
    }

    /**
     * A whole one: the mean of each channel, times weights, of pictures of 8 pixels; the means are
     * put out too.
     */
    public static HandMadeGraph whole() {
        return of(ANY, 3, 8, 8)
                .floats("w", new float[] {1, 2, 3, -4, 5, 6}, 2, 3)
                .node("GlobalAveragePool", "x", "mean")
                .node("Flatten", "mean", "flat")
                .node("Gemm", "flat w", "y", number("transB", 1))
                .output("y", ANY, 2)
                .output("flat", ANY, 3);
    }

    /** The same for pictures with the channels last, answered with probabilities. */
    public static HandMadeGraph channelsLast() {
        return softmax(new float[2]);
    }

    /** As {@link #channelsLast}, but sure of the first class, whatever the picture is. */
    public static HandMadeGraph sure() {
        return softmax(new float[] {5000, -5000});
    }

    private static HandMadeGraph softmax(float[] bias) {
        return of(1, 8, 8, 3)
                .floats("w", new float[] {1, 2, 3, -4, 5, 6}, 2, 3)
                .floats("b", bias, 2)
                .node("Transpose", "x", "first", numbers("perm", 0, 3, 1, 2))
                .node("GlobalAveragePool", "first", "mean")
                .node("Flatten", "mean", "flat")
                .node("Gemm", "flat w b", "z", number("transB", 1))
                .node("Softmax", "z", "y", number("axis", 1))
                .output("y", 1, 2);
    }

    /** {@link #whole} with a value beside it that would take terabytes. */
    public static HandMadeGraph bomb() {
        return whole().whole("shape", 1 << 20, 1 << 20).node("ConstantOfShape", "shape", "bomb");
    }

    HandMadeGraph opset(int version) {
        opset = version;
        return this;
    }

    /** Adds to the graph itself. */
    HandMadeGraph with(Consumer<ProtoWriter> more) {
        more.accept(graph);
        return this;
    }

    /** Adds to the file around the graph. */
    HandMadeGraph around(Consumer<ProtoWriter> more) {
        around.add(more);
        return this;
    }

    /**
     * Adds a node.
     *
     * @param in names with blanks between
     * @param out the same
     */
    HandMadeGraph node(String operator, String in, String out, ProtoWriter... attributes) {
        graph.message(1, nodeOf(operator, in, out, attributes));
        return this;
    }

    static ProtoWriter nodeOf(String operator, String in, String out, ProtoWriter... attributes) {
        ProtoWriter node = new ProtoWriter();
        for (String each : in.isEmpty() ? new String[0] : in.split(" ", -1)) {
            node.text(1, each);
        }
        for (String each : out.split(" ", -1)) {
            node.text(2, each);
        }
        node.text(4, operator);
        for (ProtoWriter each : attributes) {
            node.message(5, each);
        }
        return node;
    }

    static ProtoWriter number(String name, long number) {
        return new ProtoWriter().text(1, name).number(3, number).number(20, 2);
    }

    static ProtoWriter numbers(String name, long... numbers) {
        ProtoWriter attribute = new ProtoWriter().text(1, name);
        for (long each : numbers) {
            attribute.number(8, each);
        }
        return attribute.number(20, 7);
    }

    public HandMadeGraph floats(String name, float[] numbers, long... shape) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * numbers.length);
        raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(numbers);
        return tensor(tensorOf(name, FLOAT, shape).bytes(9, raw.array()));
    }

    HandMadeGraph whole(String name, long... numbers) {
        ByteBuffer raw = ByteBuffer.allocate(Long.BYTES * numbers.length);
        raw.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(numbers);
        return tensor(tensorOf(name, INT64, numbers.length).bytes(9, raw.array()));
    }

    HandMadeGraph tensor(ProtoWriter tensor) {
        graph.message(5, tensor);
        return this;
    }

    static ProtoWriter tensorOf(String name, int type, long... shape) {
        ProtoWriter tensor = new ProtoWriter();
        for (long each : shape) {
            tensor.number(1, each);
        }
        return tensor.number(2, type).text(8, name);
    }

    HandMadeGraph output(String name, long... shape) {
        return end(12, name, FLOAT, shape);
    }

    HandMadeGraph end(int field, String name, int type, long... shape) {
        graph.message(field, endOf(name, type, shape));
        return this;
    }

    static ProtoWriter endOf(String name, int type, long... shape) {
        ProtoWriter dimensions = new ProtoWriter();
        for (long each : shape) {
            ProtoWriter dimension = new ProtoWriter();
            dimensions.message(
                    1, each == ANY ? dimension.text(2, "any") : dimension.number(1, each));
        }
        ProtoWriter tensor = new ProtoWriter().number(1, type).message(2, dimensions);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }

    /** The file. */
    public byte[] bytes() {
        ProtoWriter file =
                new ProtoWriter()
                        .number(1, 8)
                        .message(7, graph)
                        .message(8, new ProtoWriter().text(1, "").number(2, opset));
        around.forEach(more -> more.accept(file));
        return file.toBytes();
    }
}
