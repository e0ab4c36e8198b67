package dev.medzoo.serving.oip;

import java.util.List;

/**
 * A tensor as a model's metadata lists it.
 *
 * @param datatype in the protocol's words
 * @param shape -1 where the number of pictures goes
 */
record TensorSpec(String name, String datatype, List<Long> shape) {
    static final String BOOL = "BOOL";
    static final String BYTES = "BYTES";
    static final String FP32 = "FP32";
}
