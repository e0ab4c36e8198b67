package dev.medzoo.zoo.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Wraps a graph for programs without support for temperature or layout. The input is {@value
 * #PICTURES}, (batch, 3, height, width); the only output is {@value #PROBABILITIES}, (batch,
 * classes), calibrated. The graph's own nodes and constants are unchanged.
 */
public final class PlainGraph {
    /** Name of the input. */
    public static final String PICTURES = "medzoo.pictures";

    /** Name of the output. */
    public static final String PROBABILITIES = "medzoo.probabilities";

    private static final int FLOAT = 1;
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int CONSTANT = 5;
    private static final int INPUT = 11;
    private static final int OUTPUT = 12;

    private final OnnxFile graph;
    private final String output;
    private final int classes;

    private PlainGraph(OnnxFile graph, String output, int classes) {
        this.graph = graph;
        this.output = output;
        this.classes = classes;
    }

    /**
     * Writes the wrapped graph.
     *
     * @param file a graph that {@link OnnxFile} accepts
     * @param output name of the output with the answer
     * @param classes number of classes
     * @param isChannelsLast whether the file's input is (batch, height, width, 3)
     * @param least lower bound of probabilities if the output is probabilities; 0 if it is logits
     * @param temperature that logits are divided by
     */
    public static byte[] of(
            byte[] file,
            String output,
            int classes,
            boolean isChannelsLast,
            float least,
            double temperature) {
        PlainGraph plain = new PlainGraph(OnnxFile.read(file), output, classes);
        ProtoWriter copy = new ProtoWriter();
        ProtoReader in = new ProtoReader(file, "file", OnnxFile.MODEL_LISTS);
        while (in.next()) {
            if (in.field() == GRAPH) {
                ProtoReader graph = in.message("graph", OnnxFile.GRAPH_LISTS);
                copy.message(GRAPH, plain.graph(graph, isChannelsLast, least, temperature));
            } else {
                copy.copied(in.copy());
            }
        }
        return copy.toBytes();
    }

    private ProtoWriter graph(
            ProtoReader in, boolean isChannelsLast, float least, double temperature) {
        ProtoWriter copy = new ProtoWriter();
        copy.message(NODE, turned(isChannelsLast));
        while (in.next()) {
            if (in.field() == INPUT || in.field() == OUTPUT) {
                in.skip();
            } else {
                copy.copied(in.copy());
            }
        }
        String answer = node(copy, "Flatten", output, "medzoo.flat");
        if (least > 0) {
            constant(copy, "medzoo.least", least);
            String above = node(copy, "Max", answer + " medzoo.least", "medzoo.above");
            answer = node(copy, "Log", above, "medzoo.logits");
        }
        constant(copy, "medzoo.factor", (float) (1 / temperature));
        String divided = node(copy, "Mul", answer + " medzoo.factor", "medzoo.divided");
        ProtoWriter axis = new ProtoWriter().text(1, "axis").number(3, 1).number(20, 2);
        copy.message(NODE, nodeOf("Softmax", divided, PROBABILITIES).message(5, axis));
        List<Long> said = graph.inputShape();
        long height = said.get(isChannelsLast ? 1 : 2);
        long width = said.get(isChannelsLast ? 2 : 3);
        copy.message(INPUT, end(PICTURES, said.get(0), 3, height, width));
        return copy.message(OUTPUT, end(PROBABILITIES, said.get(0), classes));
    }

    /** Creates the first node, which gives the graph its input. */
    private ProtoWriter turned(boolean isChannelsLast) {
        if (!isChannelsLast) {
            return nodeOf("Identity", PICTURES, graph.input());
        }
        ProtoWriter order = new ProtoWriter().text(1, "perm");
        for (long axis : new long[] {0, 2, 3, 1}) {
            order.number(8, axis);
        }
        return nodeOf("Transpose", PICTURES, graph.input()).message(5, order.number(20, 7));
    }

    private static String node(ProtoWriter graph, String operator, String in, String out) {
        graph.message(NODE, nodeOf(operator, in, out));
        return out;
    }

    private static ProtoWriter nodeOf(String operator, String in, String out) {
        ProtoWriter node = new ProtoWriter();
        for (String each : in.split(" ", -1)) {
            node.text(1, each);
        }
        return node.text(2, out).text(4, operator);
    }

    private static void constant(ProtoWriter graph, String name, float number) {
        ByteBuffer raw = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.putFloat(number);
        graph.message(
                CONSTANT,
                new ProtoWriter()
                        .number(1, 1)
                        .number(2, FLOAT)
                        .text(8, name)
                        .bytes(9, raw.array()));
    }

    private static ProtoWriter end(String name, long... shape) {
        ProtoWriter dimensions = new ProtoWriter();
        for (long each : shape) {
            ProtoWriter dimension = new ProtoWriter();
            if (each != ValueInfo.ANY) {
                dimension.number(1, each);
            }
            dimensions.message(1, dimension);
        }
        ProtoWriter tensor = new ProtoWriter().number(1, FLOAT).message(2, dimensions);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }
}
