package dev.medzoo.benchmarks;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import dev.medzoo.zoo.network.BlockConfig;
import dev.medzoo.zoo.network.Network;

/** The layers of the network, loaded by DJL's own reader, which believes what a file says. */
final class PlainNetwork extends AbstractBlock {
    PlainNetwork(BlockConfig config) {
        for (Pair<String, Block> part : new Network(config).getChildren()) {
            addChildBlock(part.getKey(), part.getValue());
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> params) {
        throw new UnsupportedOperationException("only loaded");
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        throw new UnsupportedOperationException("only loaded");
    }
}
