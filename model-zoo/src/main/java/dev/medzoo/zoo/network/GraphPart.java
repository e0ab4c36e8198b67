package dev.medzoo.zoo.network;

import dev.medzoo.zoo.onnx.OnnxGraph;

/** A block that knows how to add itself to a graph. */
public interface GraphPart {
    /**
     * Adds itself.
     *
     * @param x what it is given
     * @return what it puts out
     */
    String export(OnnxGraph graph, String x);
}
