package dev.medzoo.zoo.onnx;

import java.util.List;

/** Infers statically what an operator outputs. */
@FunctionalInterface
interface OperatorRule {
    /**
     * Infers the outputs of a node.
     *
     * @return one entry per output
     * @throws IllegalArgumentException for invalid inputs or attributes
     */
    List<GraphValue> of(NodeCall call);
}
