package dev.medzoo.zoo.onnx;

import java.util.List;

/** What an operator puts out, as far as it is known before the run. */
@FunctionalInterface
interface OperatorRule {
    /**
     * Looks.
     *
     * @return one entry an output
     * @throws IllegalArgumentException for what the operator does not take
     */
    List<GraphValue> of(NodeCall call);
}
