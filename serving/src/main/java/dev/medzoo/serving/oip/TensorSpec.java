package dev.medzoo.serving.oip;

import dev.medzoo.translate.Finding;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** Names DJL: what runs below is its engines' affair. */
    static final String PLATFORM = "medzoo_djl";

    /** Of which a request gives exactly one. */
    static List<TensorSpec> inputs(OipModel model) {
        return List.of(ImageInput.SPEC, TensorInput.spec(model.input()));
    }

    static List<TensorSpec> outputs(OipModel model) {
        return Stream.of(ModelOutput.values()).map(each -> each.spec(model)).toList();
    }

    /** What metadata says of a model beside its tensors. */
    static Map<String, String> properties(OipModel model) {
        return Map.of("labels", String.join(",", model.labels()), "notice", Finding.NOTICE);
    }
}
