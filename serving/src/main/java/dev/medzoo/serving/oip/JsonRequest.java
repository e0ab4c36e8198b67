package dev.medzoo.serving.oip;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parsed JSON of an inference request.
 *
 * @param id returned in the response
 * @param outputs in the order wanted; all when empty
 */
record JsonRequest(
        @Nullable String id, RequestParameters parameters, Input input, List<Output> outputs) {
    JsonRequest {
        outputs = List.copyOf(outputs);
    }

    /**
     * The one tensor of it.
     *
     * @param data its elements, or null where they follow in the binary part
     */
    record Input(
            String name,
            String datatype,
            List<Long> shape,
            RequestParameters parameters,
            @Nullable JsonData data) {
        Input {
            shape = List.copyOf(shape);
        }
    }

    /** A tensor of the answer that is asked for. */
    record Output(String name, RequestParameters parameters) {}
}
