package dev.medzoo.serving.oip;

import dev.medzoo.serving.refusal.RefusedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a request. Unknown ones are ignored.
 *
 * @param values texts, {@code Long}s, {@code Double}s and {@code Boolean}s
 */
record RequestParameters(Map<String, Object> values) {
    static final RequestParameters NONE = new RequestParameters(Map.of());

    RequestParameters {
        values = Map.copyOf(values);
    }

    @Nullable Boolean flag(String name) throws RefusedException {
        return typed(name, Boolean.class, "true or false");
    }

    @Nullable Long count(String name) throws RefusedException {
        return typed(name, Long.class, "a whole number");
    }

    /**
     * @throws RefusedException when it is there and says anything else
     */
    void check(String name, String expected) throws RefusedException {
        Object value = values.get(name);
        if (value != null && !value.equals(expected)) {
            throw Refusals.because("%s: %s (expected: %s)".formatted(name, value, expected));
        }
    }

    private <T> @Nullable T typed(String name, Class<T> type, String expected)
            throws RefusedException {
        Object value = values.get(name);
        if (value != null && !type.isInstance(value)) {
            throw Refusals.because("%s: %s (expected: %s)".formatted(name, value, expected));
        }
        return type.cast(value);
    }
}
