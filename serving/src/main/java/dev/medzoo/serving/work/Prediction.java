package dev.medzoo.serving.work;

import dev.medzoo.translate.Finding;
import java.time.Duration;

/**
 * A finding, and where its time went.
 *
 * @param queue from its arrival to its batch's start
 * @param preprocess decoding and transforming this picture
 * @param inference the network, once for the whole batch
 * @param postprocess from logits to findings, for the whole batch
 * @param batch pictures in it
 */
public record Prediction(
        Finding finding,
        Duration queue,
        Duration preprocess,
        Duration inference,
        Duration postprocess,
        int batch) {}
