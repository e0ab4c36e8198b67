package dev.medzoo.serving.oip;

import java.util.List;
import java.util.Map;

/**
 * One tensor of an answer.
 *
 * @param shape the number of pictures first
 * @param parameters what is the same for every picture
 */
record OutputTensor(
        ModelOutput output, List<Long> shape, TensorValues values, Map<String, Double> parameters) {
    OutputTensor {
        shape = List.copyOf(shape);
        parameters = Map.copyOf(parameters);
    }
}
