package dev.medzoo.zoo.dcnn;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.medzoo.zoo.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@link Dcnn} as an ONNX graph that answers as the Block does outside training: batch norms are
 * folded into the convolutions before them, dropout is left out, and where the network answers with
 * the mean over mirror images, the graph does.
 *
 * <p>Input {@value #PICTURES}, float32 (batch, 3, height, width), RGB, normalised. Outputs {@value
 * #LOGITS} (batch, classes), {@value #FEATURES} (batch, channels), {@value #MAP} (batch, channels,
 * height / 2ⁿ, width / 2ⁿ), n halvings.
 */
public final class DcnnGraph {
    /** Name of the input. */
    public static final String PICTURES = "pictures";

    /** Name of the first output. */
    public static final String LOGITS = "logits";

    /** Name of the second output. */
    public static final String FEATURES = "features";

    /** Name of the third output. */
    public static final String MAP = "map";

    private static final int VIEWS = 1 + Dcnn.MIRRORS.length;

    private final Dcnn network;
    private final OnnxGraph graph = new OnnxGraph("dcnn");

    private DcnnGraph(Dcnn network) {
        this.network = network;
    }

    /**
     * The graph's file.
     *
     * @param network with its parameters
     * @param notes for whoever opens the file, by their names, in this order
     */
    public static byte[] of(Dcnn network, Map<String, String> notes) {
        DcnnGraph exported = new DcnnGraph(network);
        notes.forEach(exported.graph::note);
        return exported.toBytes();
    }

    private byte[] toBytes() {
        Shape in = network.inputShape(1);
        Shape[] out = network.getOutputShapes(new Shape[] {in});
        String pictures = graph.input(PICTURES, withoutBatch(in));
        boolean isMean = network.config().flips();
        String map = body(isMean ? views(pictures) : pictures);
        String features = graph.pool(map);
        String logits = head(features);
        put(LOGITS, isMean ? mean(logits, out[0]) : logits, out[0]);
        put(FEATURES, isMean ? mean(features, out[1]) : features, out[1]);
        put(MAP, isMean ? graph.firstOfBatches(map, VIEWS, withoutBatch(out[2])) : map, out[2]);
        return graph.toBytes();
    }

    /** The pictures and their mirror images, one batch after another. */
    private String views(String pictures) {
        List<String> views = new ArrayList<>(List.of(pictures));
        for (int[] axes : Dcnn.MIRRORS) {
            views.add(graph.flip(pictures, axes));
        }
        return graph.concat(views, 0);
    }

    private String body(String pictures) {
        String x = pictures;
        for (Block part : network.body()) {
            if (part instanceof Stage stage) {
                x = stage.export(graph, x);
            } else if (part.getChildren().isEmpty()) {
                x = graph.halve(x);
            } else {
                for (Block unit : part.getChildren().values()) {
                    x = Convolution.export(unit, graph, x);
                }
            }
        }
        return x;
    }

    private String head(String features) {
        List<Block> layers = network.head().getChildren().values();
        String units = graph.relu(linear(layers.get(0), features));
        return linear(layers.get(3), units);
    }

    private String linear(Block layer, String x) {
        return graph.linear(
                x,
                Convolution.numbers(layer.getDirectParameters().get("weight")),
                Convolution.numbers(layer.getDirectParameters().get("bias")));
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
