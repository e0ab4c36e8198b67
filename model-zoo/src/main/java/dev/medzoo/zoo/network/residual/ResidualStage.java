package dev.medzoo.zoo.network.residual;

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
 * Residual blocks of one width: two 3×3 convolutions plus the block's input:
 *
 * <pre>
 * x ─┬─ 3×3, ReLU ── 3×3 ──(+)─ReLU─ …
 *    └─ (1×1) ──────────────┘
 * </pre>
 *
 * <p>The 1×1 convolution exists only if the first block changes width or resolution.
 */
final class ResidualStage extends AbstractBlock implements GraphPart {
    private final List<SequentialBlock> paths = new ArrayList<>();
    private final @Nullable SequentialBlock shortcut;
    private final int channels;

    /**
     * @param stride of the first block: 2 halves the resolution
     */
    ResidualStage(int in, int channels, int stride, int blocks) {
        this.channels = channels;
        boolean changes = in != channels || stride != 1;
        shortcut =
                changes ? addChildBlock("Shortcut", Convolution.linear(1, channels, stride)) : null;
        for (int i = 0; i < blocks; i++) {
            SequentialBlock path = new SequentialBlock();
            path.add(Convolution.withRelu(3, channels, i == 0 ? stride : 1));
            path.add(Convolution.linear(3, channels, 1));
            paths.add(addChildBlock("Path", path));
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            @Nullable PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        for (int i = 0; i < paths.size(); i++) {
            NDArray sum = Convolution.one(paths.get(i), store, x, training);
            NDArray round =
                    i == 0 && shortcut != null ? Convolution.one(shortcut, store, x, training) : x;
            x = Activation.relu(sum.add(round));
        }
        return new NDList(x);
    }

    @Override
    public String export(OnnxGraph graph, String entry) {
        String x = entry;
        for (int i = 0; i < paths.size(); i++) {
            String sum = x;
            for (Block unit : paths.get(i).getChildren().values()) {
                sum = Convolution.export(unit, graph, sum);
            }
            SequentialBlock changing = i == 0 ? shortcut : null;
            String round = changing == null ? x : Convolution.export(changing, graph, x);
            x = graph.relu(graph.add(sum, round));
        }
        return x;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        if (shortcut != null) {
            shortcut.initialize(manager, type, shapes);
        }
        Shape[] x = shapes;
        for (SequentialBlock path : paths) {
            path.initialize(manager, type, x);
            x = path.getOutputShapes(x);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape out = paths.get(0).getOutputShapes(inputs)[0];
        return new Shape[] {new Shape(out.get(0), channels, out.get(2), out.get(3))};
    }
}
