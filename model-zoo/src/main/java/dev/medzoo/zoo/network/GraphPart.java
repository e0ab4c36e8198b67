package dev.medzoo.zoo.network;

import dev.medzoo.zoo.onnx.OnnxGraph;

/** A block that can add itself to an ONNX graph. */
public interface GraphPart {
    /**
     * Adds the block's nodes.
     *
     * @param x name of its input
     * @return name of its output
     */
    String export(OnnxGraph graph, String x);
}
