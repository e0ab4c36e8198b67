package dev.medzoo.serving.work;

import dev.medzoo.translate.finding.Finding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A finding with its timings.
 *
 * @param queue time from arrival to the start of its batch
 * @param preprocess decoding and transforming this picture
 * @param inference the network, once for the whole batch
 * @param postprocess from logits to findings, for the whole batch
 * @param batch pictures in it
 * @param explained the explanation, if requested
 */
public record Prediction(
        Finding finding,
        Duration queue,
        Duration preprocess,
        Duration inference,
        Duration postprocess,
        int batch,
        @Nullable ExplanationResult explained) {
    /** A prediction without an explanation. */
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
