package dev.medzoo.serving.api;

import dev.medzoo.serving.refusal.Refusal.Kind;
import java.util.Map;

/**
 * How closely responses follow DJL Serving.
 *
 * @param isStrict whether responses equal DJL Serving's in everything that a client sees, except
 *     where that would harm the client
 * @param isMultiStatus whether {@code /ping} returns 207 while a model loads
 * @param statuses overrides of the status of refused predictions
 */
public record Compatibility(boolean isStrict, boolean isMultiStatus, Map<Kind, Integer> statuses) {
    public Compatibility {
        statuses = Map.copyOf(statuses);
    }

    /** The status of a refused prediction. */
    int status(Kind kind) {
        return statuses.getOrDefault(kind, kind.status());
    }

    /** The refusal of a malformed number: DJL Serving answers 409. */
    Kind badNumber() {
        return isStrict ? Kind.BAD_NUMBER : Kind.BAD_REQUEST;
    }
}
