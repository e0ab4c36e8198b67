package dev.medzoo.zoo.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.medzoo.zoo.onnx.OnnxGraph;
import dev.medzoo.zoo.onnx.ValueRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Exports a {@link Network} as an ONNX graph with the Block's outputs in inference. Batch norms are
 * folded into the convolutions before them, dropout is left out, and averaging over mirror images
 * is part of the graph.
 *
 * <p>Input {@value #PICTURES}, float32 (batch, 3, height, width), RGB, normalised. Outputs {@value
 * #LOGITS} (batch, classes), {@value #FEATURES} (batch, channels), {@value #MAP} (batch, channels,
 * height / 2ⁿ, width / 2ⁿ), n halvings.
 */
public final class NetworkGraph {
    /** Name of the input. */
    public static final String PICTURES = "pictures";

    /** Name of the first output. */
    public static final String LOGITS = "logits";

    /** Name of the second output. */
    public static final String FEATURES = "features";

    /** Name of the third output. */
    public static final String MAP = "map";

    /** Names of the outputs, in the Block's order. */
    public static final List<String> OUTPUTS = List.of(LOGITS, FEATURES, MAP);

    private static final int VIEWS = 1 + Network.MIRRORS.length;

    private static final String NAME = "network";

    private final Network network;
    private final OnnxGraph graph;

    private NetworkGraph(Network network, OnnxGraph graph) {
        this.network = network;
        this.graph = graph;
    }

    /**
     * Writes the graph's file.
     *
     * @param network with its parameters
     * @param notes metadata of the file, by name, in this order
     */
    public static byte[] of(Network network, Map<String, String> notes) {
        NetworkGraph exported = new NetworkGraph(network, new OnnxGraph(NAME));
        notes.forEach(exported.graph::note);
        exported.add(1);
        return exported.graph.toBytes();
    }

    /**
     * Writes the graph with more outputs, for calibration: every value whose range {@link
     * #ofEightBits} needs, by its name. The three outputs of {@link #OUTPUTS} come first.
     */
    public static byte[] withValues(Network network) {
        NetworkGraph exported = new NetworkGraph(network, new OnnxGraph(NAME));
        exported.add(1);
        exported.graph.outputRounded();
        return exported.graph.toBytes();
    }

    /**
     * Writes the network quantized to 8-bit weights and activations.
     *
     * @param notes as for {@link #of}
     * @param ranges of every value that {@link #withValues} outputs
     * @param factor that logits are multiplied by, so that the float32 network's temperature
     *     calibrates them too
     */
    public static byte[] ofEightBits(
            Network network,
            Map<String, String> notes,
            Map<String, ValueRange> ranges,
            double factor) {
        NetworkGraph exported = new NetworkGraph(network, OnnxGraph.ofEightBits(NAME, ranges));
        notes.forEach(exported.graph::note);
        exported.add(factor);
        return exported.graph.toBytes();
    }

    private void add(double factor) {
        Shape in = network.inputShape(1);
        Shape[] out = network.getOutputShapes(new Shape[] {in});
        String pictures = graph.input(PICTURES, withoutBatch(in));
        boolean isMean = network.config().flips();
        String map = body(isMean ? views(pictures) : pictures);
        String features = graph.pool(map);
        String logits = head(features, factor);
        put(LOGITS, isMean ? mean(logits, out[0]) : logits, out[0]);
        put(FEATURES, isMean ? mean(features, out[1]) : features, out[1]);
        put(MAP, isMean ? graph.firstOfBatches(map, VIEWS, withoutBatch(out[2])) : map, out[2]);
    }

    /** The pictures and their mirror images, one batch after another. */
    private String views(String pictures) {
        List<String> views = new ArrayList<>(List.of(pictures));
        for (int[] axes : Network.MIRRORS) {
            views.add(graph.flip(pictures, axes));
        }
        return graph.concat(views, 0);
    }

    private String body(String pictures) {
        String x = pictures;
        for (Block part : network.body()) {
            if (part instanceof GraphPart itself) {
                x = itself.export(graph, x);
            } else if (Network.isHalving(part)) {
                x = graph.halve(x);
            } else {
                for (Block unit : part.getChildren().values()) {
                    x = Convolution.export(unit, graph, x);
                }
            }
        }
        return x;
    }

    /** Stays float32 in the 8-bit graph: it is a thousandth of the work, and sensitive. */
    private String head(String features, double factor) {
        List<Block> layers = network.head().getChildren().values();
        String x = features;
        if (network.config().fcUnits() > 0) {
            x = graph.relu(linear(layers.get(0), x, 1));
        }
        return linear(layers.get(layers.size() - 1), x, factor);
    }

    private String linear(Block layer, String x, double factor) {
        return graph.linear(
                x,
                times(factor, Convolution.numbers(layer.getDirectParameters().get("weight"))),
                times(factor, Convolution.numbers(layer.getDirectParameters().get("bias"))));
    }

    private static float[] times(double factor, float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (factor * numbers[i]);
        }
        return numbers;
    }

    private String mean(String values, Shape shape) {
        return graph.meanOfBatches(values, VIEWS, withoutBatch(shape));
    }

    private void put(String name, String value, Shape shape) {
        graph.output(name, value, withoutBatch(shape));
    }

    private static long[] withoutBatch(Shape shape) {
        return shape.slice(1).getShape();
    }
}
