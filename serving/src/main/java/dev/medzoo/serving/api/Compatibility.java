package dev.medzoo.serving.api;

import dev.medzoo.serving.refusal.Refusal.Kind;
import java.util.Map;

/**
 * Where this server speaks as DJL Serving does, and where it says something better.
 *
 * @param isStrict whether it deviates in nothing that a client sees, but for what would harm it
 * @param isMultiStatus whether {@code /ping} says 207 while a model loads
 * @param statuses of refused predictions, where they are not the refusal's own
 */
public record Compatibility(boolean isStrict, boolean isMultiStatus, Map<Kind, Integer> statuses) {
    public Compatibility {
        statuses = Map.copyOf(statuses);
    }

    /** The status of a prediction that is refused so. */
    int status(Kind kind) {
        return statuses.getOrDefault(kind, kind.status());
    }

    /** What is said to a number that is none: DJL Serving takes it for a conflict. */
    Kind badNumber() {
        return isStrict ? Kind.BAD_NUMBER : Kind.BAD_REQUEST;
    }
}
