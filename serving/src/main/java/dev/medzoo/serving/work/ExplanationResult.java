package dev.medzoo.serving.work;

import dev.medzoo.zoo.explain.Explanation;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client sees beside the finding of its picture.
 *
 * @param png the picture with the map over it, where that was wanted
 * @param time that map and drawing took
 */
public record ExplanationResult(Explanation explanation, @Nullable ByteBuffer png, Duration time) {
    public ExplanationResult {
        png = png == null ? null : png.asReadOnlyBuffer();
    }
}
