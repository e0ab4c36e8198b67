package dev.medzoo.serving.work;

import dev.medzoo.translate.finding.Finding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A finding, and where its time went.
 *
 * @param queue from its arrival to its batch's start
 * @param preprocess decoding and transforming this picture
 * @param inference the network, once for the whole batch
 * @param postprocess from logits to findings, for the whole batch
 * @param batch pictures in it
 * @param explained where the model looks, for who wanted to see it
 */
public record Prediction(
        Finding finding,
        Duration queue,
        Duration preprocess,
        Duration inference,
        Duration postprocess,
        int batch,
        @Nullable ExplanationResult explained) {
    /** One that nobody wanted explained. */
    public Prediction(
            Finding finding,
            Duration queue,
            Duration preprocess,
            Duration inference,
            Duration postprocess,
            int batch) {
        this(finding, queue, preprocess, inference, postprocess, batch, null);
    }
}
