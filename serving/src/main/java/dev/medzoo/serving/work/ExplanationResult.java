package dev.medzoo.serving.work;

import dev.medzoo.zoo.explain.Explanation;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of a prediction.
 *
 * @param png the picture with the heat map over it, if requested
 * @param time to compute and draw the heat map
 */
public record ExplanationResult(Explanation explanation, @Nullable ByteBuffer png, Duration time) {
    public ExplanationResult {
        png = png == null ? null : png.asReadOnlyBuffer();
    }
}
