package dev.medzoo.zoo.network.dcnn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.medzoo.zoo.network.Convolution;
import dev.medzoo.zoo.network.GraphPart;
import dev.medzoo.zoo.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks between two poolings, with their skip connections. A short connection of one
 * convolution bypasses every block; a long one of two convolutions bypasses the whole stage:
 *
 * <pre>
 * x ─┬─ block ──(+)─ReLU─┬─ block ──(+)─ReLU─ out
 *    ├─ short ───┘       └─ short ───┤
 *    └─ long ────────────────────────┘
 * </pre>
 */
final class Stage extends AbstractBlock implements GraphPart {
    private final List<ParallelBlock> blocks = new ArrayList<>();
    private final List<SequentialBlock> shorts = new ArrayList<>();
    private final SequentialBlock longConnection;
    private final int channels;

    /**
     * @param branchWidths one number a block
     */
    Stage(List<Integer> branchWidths) {
        for (int width : branchWidths) {
            blocks.add(addChildBlock("Block", new ParallelBlock(width)));
            shorts.add(addChildBlock("Short", Convolution.linear(1, 4 * width)));
        }
        int last = branchWidths.get(branchWidths.size() - 1);
        channels = 4 * last;
        longConnection = new SequentialBlock();
        longConnection.add(Convolution.withRelu(3, last)).add(Convolution.linear(3, channels));
        addChildBlock("Long", longConnection);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            @Nullable PairList<String, Object> params) {
        NDArray entry = inputs.singletonOrThrow();
        NDArray x = entry;
        for (int i = 0; i < blocks.size(); i++) {
            NDArray sum = Convolution.one(blocks.get(i), store, x, training);
            sum = sum.add(Convolution.one(shorts.get(i), store, x, training));
            if (i == blocks.size() - 1) {
                sum = sum.add(Convolution.one(longConnection, store, entry, training));
            }
            x = Activation.relu(sum);
        }
        return new NDList(x);
    }

    @Override
    public String export(OnnxGraph graph, String entry) {
        String x = entry;
        for (int i = 0; i < blocks.size(); i++) {
            String sum = blocks.get(i).export(graph, x);
            sum = graph.add(sum, Convolution.export(shorts.get(i), graph, x));
            if (i == blocks.size() - 1) {
                sum = graph.add(sum, exportLong(graph, entry));
            }
            x = graph.relu(sum);
        }
        return x;
    }

    private String exportLong(OnnxGraph graph, String entry) {
        String x = entry;
        for (Block unit : longConnection.getChildren().values()) {
            x = Convolution.export(unit, graph, x);
        }
        return x;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        Shape[] x = shapes;
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).initialize(manager, type, x);
            shorts.get(i).initialize(manager, type, x);
            x = blocks.get(i).getOutputShapes(x);
        }
        longConnection.initialize(manager, type, shapes);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape in = inputs[0];
        return new Shape[] {new Shape(in.get(0), channels, in.get(2), in.get(3))};
    }
}
