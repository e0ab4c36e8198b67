package dev.medzoo.zoo.network.dcnn;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.medzoo.zoo.network.Convolution;
import dev.medzoo.zoo.onnx.OnnxGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Four parallel convolutions, 1×1, 3×3, 5×5 and 7×7, each with batch norm and ReLU, concatenated on
 * the channel axis: (batch, c, h, w) to (batch, 4 · width, h, w).
 */
final class ParallelBlock extends AbstractBlock {
    private static final List<Integer> KERNELS = List.of(1, 3, 5, 7);

    private final int width;

    ParallelBlock(int width) {
        this.width = width;
        for (int kernel : KERNELS) {
            addChildBlock(
                    "Branch%dx%d".formatted(kernel, kernel), Convolution.withRelu(kernel, width));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            @Nullable PairList<String, Object> params) {
        NDList outputs = new NDList(KERNELS.size());
        for (Block branch : getChildren().values()) {
            outputs.add(branch.forward(store, inputs, training).singletonOrThrow());
        }
        return new NDList(NDArrays.concat(outputs, 1));
    }

    /** Adds the block to a graph. */
    String export(OnnxGraph graph, String x) {
        List<String> branches =
                getChildren().values().stream()
                        .map(branch -> Convolution.export(branch, graph, x))
                        .toList();
        return graph.concat(branches, 1);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        for (Block branch : getChildren().values()) {
            branch.initialize(manager, type, shapes);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape in = inputs[0];
        return new Shape[] {new Shape(in.get(0), 4L * width, in.get(2), in.get(3))};
    }
}
