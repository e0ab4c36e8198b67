package dev.medzoo.training.study;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the entries of a plan must be. */
final class PlanEntries {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private PlanEntries() {}

    static void named(String entry, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    entry + ": " + name + " (expected: small letters, digits and hyphens)");
        }
    }

    static <T> List<T> some(String entry, @Nullable List<T> values) {
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException(entry + ": missing (expected: at least one)");
        }
        return List.copyOf(values);
    }

    static <T> List<T> orNone(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    static void distinct(String entry, List<?> values) {
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(
                    entry + ": " + values + " (expected: none of them twice)");
        }
    }
}
