package dev.medzoo.serving.oip;

import dev.medzoo.translate.InputSize;
import java.util.List;

/**
 * A served model, as the protocol describes it.
 *
 * @param name under which it is asked for
 * @param versions all that a request can name
 * @param ready whether it can be asked now
 * @param labels of its classes, at least one, in the order of its logits
 * @param input the size of the network's input, in pixels
 */
public record OipModel(
        String name, List<String> versions, boolean ready, List<String> labels, InputSize input) {
    public OipModel {
        versions = List.copyOf(versions);
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("labels: none (expected: at least one) in " + name);
        }
    }
}
